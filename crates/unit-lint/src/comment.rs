use dryboot_systemd::check::{Fault, FaultKind, is_command};
use dryboot_systemd::file::{LineKind, lines};
use dryboot_systemd::{Release, Span};

use crate::{Remark, Systemd, UnitFile, shown};

/// A comment behind a value, which is part of the value. [`moved_above`] is the remedy.
#[must_use]
pub fn comment_behind_value(file: &UnitFile<'_>, fault: &Fault, systemd: &Systemd) -> Option<Remark> {
    if fault.kind != FaultKind::CommentBehindValue {
        return None;
    }
    let comment = shown(fault.span.slice(&file.text).lines().next().unwrap_or_default());
    let outcome = match is_in_command(file, fault.span.start, systemd.release) {
        true => "the program gets each word of it as an argument",
        false => "it becomes part of the value",
    };
    let message = format!("`{comment}` is no comment behind a value: {outcome}");
    Some(Remark::new(fault.span, message).help("put the comment on a line of its own"))
}

/// Whether a place of a file is in the arguments of a command.
fn is_in_command(file: &UnitFile<'_>, place: usize, release: Release) -> bool {
    lines(&file.text, release).any(|line| match line.kind {
        LineKind::Assignment(assignment) => {
            assignment.value_span.touches(place) && is_command(assignment.key)
        }
        _ => false,
    })
}

/// The line of a config up to the end of a comment, and the same with the comment above the rest; none for a line that
/// is continued.
#[must_use]
pub fn moved_above(config: &str, comment: Span) -> Option<(Span, String)> {
    let start = config[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line = config.get(start..comment.start)?;
    let setting = line.trim();
    let above = config[..start].trim_end_matches('\n');
    if above.ends_with('\\') || comment.slice(config).ends_with('\\') || !setting.contains('=') {
        return None;
    }
    let indentation = &line[..line.len() - line.trim_start().len()];
    let span = Span::new(start + indentation.len(), comment.end);
    Some((span, format!("{}\n{indentation}{setting}", comment.slice(config).trim_end())))
}
