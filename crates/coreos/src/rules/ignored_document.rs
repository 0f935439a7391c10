use crate::Target;
use dryboot_yaml::{Content, Span};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "ignored-document",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("ignored_document.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let text = context.text();
    if let Some(next) = document.parsed.next_document
        && has_content(&text[next..])
    {
        let line = document.lines.line_span(document.lines.line(next), text);
        context
            .report(
                line,
                "a second YAML document begins here: only the first is read, and this one is ignored",
            )
            .severity(Severity::Warning)
            .help("remove the line, or put everything into one document");
    }
    // Around a syntax error, what could be read is a fragment.
    if document.parsed.error.is_some() {
        return;
    }
    let tree = context.tree();
    let Some(root) = tree.root().and_then(|root| tree.resolve(root)) else { return };
    let what = match &tree.node(root).content {
        Content::Mapping(_) | Content::Alias { .. } => return,
        Content::Sequence(_) => "a list",
        Content::Scalar { text, .. } if matches!(&**text, "" | "~" | "null" | "Null" | "NULL") => return,
        Content::Scalar { .. } => "a text",
    };
    let first_line = document.lines.line_span(document.lines.line(tree.node(root).span.start), text);
    let span = Span::new(tree.node(root).span.start, first_line.end);
    let outcome = match document.target {
        Target::CoreOs => "it is silently treated as empty",
        Target::Flatcar => "it cannot be parsed, and nothing is applied",
    };
    let glued = what == "a text" && span.slice(text).contains(':');
    let help = if glued {
        "a key needs a space after its colon"
    } else {
        "the top level consists of keys such as `hostname:`"
    };
    context.report(span, format!("the config is {what}, not a mapping: {outcome}")).help(help);
}

/// Whether anything but comments and markers follows.
fn has_content(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let content = line.strip_prefix("---").or_else(|| line.strip_prefix("...")).unwrap_or(line).trim();
        !content.is_empty() && !content.starts_with('#')
    })
}

#[cfg(test)]
mod tests {
    use crate::lint::{LintOptions, lint};

    #[test]
    fn a_fragment_before_a_syntax_error_is_no_document() {
        let report = lint(b"#cloud-config\nhostname:web1\nusers:\n  - name: a\n", &LintOptions::default());
        let rules: Vec<_> = report.diagnostics.iter().map(|found| found.rule).collect();
        assert_eq!(rules, ["yaml-syntax"]);
    }
}
