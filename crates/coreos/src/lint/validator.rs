//! The verdict of the target's own validator in the form that every program has.

use std::fmt::Write as _;

use dryboot_lint::{Complaint, Outcome, Verdict};
use dryboot_text::Position;

use crate::envelope::Format;
use crate::verdict::{Check, Entry, EntryKind};

/// What the validator decides; `position` gives the line and the column of a place.
pub(super) fn decision(
    verdict: &crate::Verdict,
    format: Format,
    position: &dyn Fn(&Entry) -> Position,
) -> Verdict {
    let entries = &verdict.entries;
    let is_error = |entry: &&Entry| entry.kind == EntryKind::Error;
    let outcome = match format {
        _ if verdict.failure.is_some() => Outcome::Crashed,
        _ if entries.iter().any(|entry| is_error(&entry)) => Outcome::Refused,
        Format::CloudConfig => Outcome::Accepted,
        _ => Outcome::NotEvaluated,
    };
    let complaint = |entry: &Entry| {
        let Position { line, column } = position(entry);
        Complaint { path: entry.path.clone(), line, column, version: None }
    };
    let is_deprecation = |entry: &&Entry| entry.check == Check::Deprecated;
    Verdict {
        outcome,
        errors: entries.iter().filter(is_error).map(complaint).collect(),
        deprecations: entries.iter().filter(is_deprecation).map(complaint).collect(),
        native: Vec::new(),
        succeeds: verdict.failure.is_none() && entries.is_empty(),
    }
}

/// What the original's `-validate` prints: `line N: KIND: MESSAGE` for each entry, or nothing when it gives up. A message
/// may have several lines.
pub(super) fn output(verdict: &crate::Verdict) -> Vec<String> {
    let mut printed = String::new();
    if verdict.failure.is_none() {
        for entry in &verdict.entries {
            // Writing to a string cannot fail.
            let _ = writeln!(printed, "line {}: {}: {}", entry.line, entry.kind.name(), entry.message);
        }
    }
    printed.lines().map(str::to_owned).collect()
}
