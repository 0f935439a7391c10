use dryboot_lint::{Edit, Safety, Severity};
use dryboot_yaml::Span;

use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "tab-indentation", severity: Severity::Error, docs: docs!("tab_indentation.md"), check };

/// Whether a syntax error is due to a tab in the indentation.
pub(super) fn explains(text: &str, place: usize) -> bool {
    indentation(line_at(text, place).slice(text)).contains('\t')
}

fn check(context: &mut Context<'_>) {
    let text = context.read;
    let place = context.complaints().find_map(|complaint| match &complaint.cause {
        Cause::Syntax(error) => Some(error.place),
        _ => None,
    });
    let Some(place) = place.filter(|place| explains(text, *place)) else { return };
    let line = line_at(text, place);
    let span = Span::new(line.start, line.start + indentation(line.slice(text)).len());
    let message = "the line is indented with a tab, which YAML forbids: cloud-init ignores the whole config";
    context.report(span, message).help("indent with spaces").fix_all(
        Safety::Unsafe,
        "indent with spaces",
        with_spaces(text, line),
    );
}

/// Replaces the tabs in the indentation of this line and those right below that have them, too. The lines of a block
/// scalar go below its key.
fn with_spaces(text: &str, first: Span) -> Vec<Edit> {
    let above = text[..first.start].lines().next_back().unwrap_or_default().trim_end();
    let opens_block = ["|", ">", "|-", ">-", "|+", ">+"]
        .iter()
        .any(|header| above.strip_suffix(header).is_some_and(|key| key.ends_with([' ', '-'])));
    let column = above.len() - above.trim_start_matches([' ', '-']).len();
    let base = " ".repeat(if opens_block { column } else { 0 });
    let mut edits = Vec::new();
    let mut start = first.start;
    for line in text[first.start..].split_inclusive('\n') {
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
    let bytes = text.as_bytes();
    let offset = offset.min(text.len());
    let start = bytes[..offset].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let end = bytes[offset..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |at| offset + at);
    Span::new(start, end)
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
