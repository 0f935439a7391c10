use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Edit, Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "tab-indentation",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("tab_indentation.md"),
    scope: Scope::Text,
    check,
};

/// Whether a syntax error is due to a tab in the indentation.
pub(crate) fn explains(text: &str, place: usize) -> bool {
    let line = line_at(text, place);
    indentation(line.slice(text)).contains('\t')
}

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let text = context.text();
    let Some(error) = document.parsed.error.as_ref() else { return };
    if !explains(text, error.place) {
        return;
    }
    let line = line_at(text, error.place);
    let lines = document.lines.line_count();
    let width = indentation(line.slice(text)).len();
    let span = Span::new(line.start, line.start + width);
    let message =
        format!("the line is indented with a tab, so none of the config is applied: {}", error.message);
    context.report(span, message).help("YAML only allows spaces").fix_all(
        Safety::Unsafe,
        "indent with spaces",
        with_blanks(text, line, lines),
    );
}

/// Replaces the tabs in the indentation of this line and those below that have them, too. The
/// lines of a block scalar go below its key.
fn with_blanks(text: &str, first: Span, most: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let above = text[..first.start].lines().next_back().unwrap_or_default();
    let opens_block =
        [": |", ": >", ": |-", ": >-", ": |+", ": >+"].iter().any(|end| above.trim_end().ends_with(end));
    let column = above.len() - above.trim_start_matches([' ', '-']).len();
    let base = " ".repeat(if opens_block { column } else { 0 });
    let mut start = first.start;
    for line in text[first.start..].split_inclusive('\n').take(most) {
        let indentation = indentation(line);
        if !indentation.contains('\t') {
            break;
        }
        edits.push(Edit {
            span: Span::new(start, start + indentation.len()),
            text: format!("{base}{}", indentation.replace('\t', "  ")),
        });
        start += line.len();
    }
    edits
}

fn line_at(text: &str, offset: usize) -> Span {
    let offset = offset.min(text.len());
    let start = text.as_bytes()[..offset].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let end =
        text.as_bytes()[offset..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |at| offset + at);
    Span::new(start, end)
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
