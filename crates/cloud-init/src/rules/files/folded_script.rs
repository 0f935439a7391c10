use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Content, Span, Style};

use crate::lint::{At, Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "folded-script", severity: Severity::Warning, docs: docs!("folded_script.md"), check };

fn check(context: &mut Context<'_>) {
    for file in File::all(context) {
        let Some(at) = context.get(&file.at, "content") else { continue };
        let Some(text) = context.str(&at).filter(|text| text.starts_with("#!")) else { continue };
        let Some(sign) = folding_sign(context, &at) else { continue };
        let span = context.span(&at);
        let written = span.slice(context.read).trim_start().lines().next().unwrap_or_default();
        if text.lines().next().unwrap_or_default().trim_end() == written.trim_end() {
            continue;
        }
        let is_shared = context.tree().is_some_and(|tree| tree.node(at.value).anchor.is_some());
        let message = "`>` joins lines: the script becomes one long first line";
        let finding =
            context.report(sign, message).path(at.path.clone()).help("write `|`, which keeps lines");
        if !is_shared {
            finding.fix(Safety::Safe, "write `|`", sign, "|");
        }
    }
}

/// The `>` before a folded block.
fn folding_sign(context: &Context<'_>, at: &At) -> Option<Span> {
    let node = context.tree()?.node(at.value);
    let is_folded = matches!(node.content, Content::Scalar { style: Style::Folded, .. });
    let header = context.read.get(node.start..)?.find('>')? + node.start;
    (is_folded && header <= node.span.start).then(|| Span::new(header, header + 1))
}
