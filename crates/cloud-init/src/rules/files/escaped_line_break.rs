use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Content, Span, Style};

use crate::lint::{At, Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "escaped-line-break",
    severity: Severity::Warning,
    docs: docs!("escaped_line_break.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "content") else { continue };
        let Some(text) = context.str(&at).filter(|text| text.starts_with("#!")) else { continue };
        let first = text.lines().next().unwrap_or_default();
        if first.contains("\\n") && is_unescaped(context, &at) {
            let span = context.first_line(&at);
            let fix = double_quoted(context, &at, text);
            let message = "`\\n` is a line break only in double quotes: the whole script is a single line";
            let finding = context.report(span, message).path(at.path);
            let finding = finding.help("put the content in double quotes, or on its own lines after `|`");
            if let Some((span, quoted)) = fix {
                finding.fix(Safety::Unsafe, "put it in double quotes", span, quoted);
            }
        }
    }
}

fn is_unescaped<'c>(context: &Context<'c>, at: &At<'c>) -> bool {
    let node = context.tree().map(|tree| &tree.node(at.value).content);
    matches!(node, Some(Content::Scalar { style: Style::Plain | Style::SingleQuoted, .. }))
}

fn double_quoted<'c>(context: &Context<'c>, at: &At<'c>, text: &str) -> Option<(Span, String)> {
    let span = context.verbatim(at)?;
    let has_others = text.replace("\\n", "").contains(['\\', '"', '\'']);
    (!has_others).then(|| (context.span(at), format!("\"{}\"", span.slice(context.read))))
}
