use dryboot_systemd::check::{Fault, FaultKind, is_command};
use dryboot_systemd::file::{LineKind, lines};
use dryboot_systemd::{Release, Span};

use crate::{Remark, Systemd, UnitFile, shown};

/// The comments behind values, which are part of the values. [`moved_above`] is the remedy.
#[must_use]
pub fn comment_behind_value(file: &UnitFile<'_>, systemd: &Systemd) -> Vec<Remark> {
    let is_comment = |fault: &&Fault| fault.kind == FaultKind::CommentBehindValue;
    let mut comments = file.faults.iter().filter(is_comment).peekable();
    if comments.peek().is_none() {
        return Vec::new();
    }
    let commands = commands(&file.text, systemd.release);
    let remark = |fault: &Fault| {
        let comment = shown(fault.span.slice(&file.text).lines().next().unwrap_or_default());
        let next = commands.partition_point(|command| command.end < fault.span.start);
        let outcome = match commands.get(next).is_some_and(|command| command.touches(fault.span.start)) {
            true => "the program gets each word of it as an argument",
            false => "it becomes part of the value",
        };
        let message = format!("`{comment}` is not read as a comment after a value: {outcome}");
        Remark::new(fault.span, message).help("move the comment to a line of its own")
    };
    comments.map(remark).collect()
}

/// Where the command lines of a file are.
fn commands(text: &str, release: Release) -> Vec<Span> {
    let command = |kind| match kind {
        LineKind::Assignment(assignment) if is_command(assignment.key) => Some(assignment.value_span),
        _ => None,
    };
    lines(text, release).filter_map(|line| command(line.kind)).collect()
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
