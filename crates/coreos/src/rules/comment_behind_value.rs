use crate::Target;
use dryboot_systemd::check::{FaultKind, is_command};
use dryboot_systemd::file::{LineKind, lines};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{UnitFile, release};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "comment-behind-value",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("comment_behind_value.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        for fault in file.faults.iter().filter(|fault| fault.kind == FaultKind::CommentBehindValue) {
            let comment = shown(fault.span.slice(file.text).lines().next().unwrap_or_default());
            let outcome = match is_in_command(file, fault.span.start, release(document.target)) {
                true => "the program gets each word of it as an argument",
                false => "it becomes part of the value",
            };
            let finding = context
                .report(
                    file.place(document, fault.span),
                    format!("`{comment}` is no comment behind a value: {outcome}"),
                )
                .path_of(file.node)
                .help("put the comment on a line of its own");
            let Some(place) = file.exact(document, fault.span) else { continue };
            if let Some((line, text)) = moved(document.text(), place) {
                finding.fix(Safety::Unsafe, "move the comment to a line of its own", line, text);
            }
        }
    }
}

/// Whether a place of a file is in the arguments of a command.
fn is_in_command(file: &UnitFile<'_>, place: usize, release: dryboot_systemd::Release) -> bool {
    lines(file.text, release).any(|line| match line.kind {
        LineKind::Assignment(assignment) => {
            assignment.value_span.touches(place) && is_command(assignment.key)
        }
        _ => false,
    })
}

/// The line up to the comment's end, with the comment above the rest; none for a line that is continued.
fn moved(text: &str, comment: Span) -> Option<(Span, String)> {
    let start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..comment.start)?;
    let setting = line.trim();
    let above = text[..start].trim_end_matches('\n');
    if above.ends_with('\\') || comment.slice(text).ends_with('\\') || !setting.contains('=') {
        return None;
    }
    let indentation = &line[..line.len() - line.trim_start().len()];
    let span = Span::new(start + indentation.len(), comment.end);
    Some((span, format!("{}\n{indentation}{setting}", comment.slice(text).trim_end())))
}
