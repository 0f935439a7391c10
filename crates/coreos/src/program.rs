//! The report of coreos-cloudinit and its fork in the form that every program has.

use dryboot_lint::{Complaint, NotChecked, Outcome, Report, TargetName, Verdict};
use dryboot_text::Position;

use crate::envelope::{Compression, Format};
use crate::lint::{self, coreos_cloudinit_format, validates};
use crate::verdict::{Check, Entry, EntryKind};

impl From<lint::Report> for Report {
    fn from(report: lint::Report) -> Self {
        let verdict = verdict(&report);
        Self {
            // What cannot be unpacked is empty to the program, but that is not what the file is.
            kind: match report.compression {
                Compression::BadHeader => "gzip",
                _ => report.format.name(),
            },
            compression: report.compression,
            not_checked: report.not_checked.map(NotChecked::from),
            target: TargetName {
                name: report.target.name().to_owned(),
                title: report.target.program().to_owned(),
                version: report.target.version().to_owned(),
            },
            target_reason: report.target_reason,
            template: None,
            parts: report.parts,
            text: report.text,
            lines: report.lines,
            diagnostics: report.diagnostics,
            suppressed: report.suppressed,
            verdict,
        }
    }
}

impl From<lint::NotChecked> for NotChecked {
    fn from(reason: lint::NotChecked) -> Self {
        Self { name: reason.name(), predicate: reason.predicate(), object: reason.object() }
    }
}

/// The verdict of a validator; `position` gives the line and the column of a place.
pub(crate) fn neutral(
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
        succeeds: outcome != Outcome::Crashed && entries.is_empty(),
    }
}

fn verdict(report: &lint::Report) -> Verdict {
    let position = |entry: &Entry| Position {
        line: entry.line,
        column: report.lines.position(entry.span.start, &report.text).column,
    };
    Verdict {
        native: coreos_cloudinit_format(report).lines().map(str::to_owned).collect(),
        succeeds: validates(report),
        ..neutral(&report.verdict, report.format, &position)
    }
}
