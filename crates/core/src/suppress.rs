//! The comment that suppresses a finding.
//!
//! Where a comment may stand is not looked up but tried: the text is checked once more with it, and it is offered if the
//! finding is gone and nothing else has come. So it is right in every language that has user-data inside.

use std::collections::BTreeMap;

use dryboot_lint::{Diagnostic, Edit, Report};
use dryboot_yaml::Span;

/// Lines above the finding that are tried: those of the keys that it is in.
const LEVELS: usize = 4;

/// The comment above a finding that suppresses it there; `lint` checks the text that has it.
#[must_use]
pub fn suppress_here(report: &Report, found: &Diagnostic, lint: impl Fn(&str) -> Report) -> Option<Edit> {
    let line = report.lines.line(found.span.start);
    let comment = format!("# dryboot: ignore[{}]", found.rule);
    let edits = enclosing(report, line).map(|line| above(report, line, &comment));
    edits.take(LEVELS).find(|edit| works(report, found, edit, &lint))
}

/// The comment behind the header that suppresses all findings of a rule.
#[must_use]
pub fn suppress_in_file(report: &Report, found: &Diagnostic, lint: impl Fn(&str) -> Report) -> Option<Edit> {
    let part = found.part.as_ref().and_then(|place| report.parts.get(place.index));
    let header = report.lines.line(part.map_or(0, |part| part.span.start));
    let comment = format!("# dryboot: ignore-file[{}]", found.rule);
    let indentation = indentation(report, header);
    let next = report.lines.line_span(header + 1, &report.text).start;
    let edit = Edit { span: Span::empty(next), text: format!("{indentation}{comment}{}", line_end(report)) };
    Some(edit).filter(|edit| works(report, found, edit, &lint))
}

/// A line, then each line above it that is less indented: first the finding's, then those of what it is in.
fn enclosing(report: &Report, line: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(line), |&line| {
        let inner = indentation(report, line).len();
        (1..line).rev().find(|&above| {
            let written = report.lines.line_span(above, &report.text).slice(&report.text);
            !written.trim().is_empty() && indentation(report, above).len() < inner
        })
    })
}

fn above(report: &Report, line: usize, comment: &str) -> Edit {
    let start = report.lines.line_span(line, &report.text).start;
    let text = format!("{}{comment}{}", indentation(report, line), line_end(report));
    Edit { span: Span::empty(start), text }
}

fn indentation(report: &Report, line: usize) -> &str {
    let written = report.lines.line_span(line, &report.text).slice(&report.text);
    &written[..written.len() - written.trim_start_matches([' ', '\t']).len()]
}

fn line_end(report: &Report) -> &'static str {
    let first = report.text.find('\n').unwrap_or_default();
    if report.text[..first].ends_with('\r') { "\r\n" } else { "\n" }
}

/// Whether the finding is gone with the edit, and nothing else has come.
fn works(report: &Report, found: &Diagnostic, edit: &Edit, lint: &impl Fn(&str) -> Report) -> bool {
    let (Some(before), Some(after)) = (report.text.get(..edit.span.start), report.text.get(edit.span.end..))
    else {
        return false;
    };
    let then = counted(&lint(&format!("{before}{}{after}", edit.text)));
    let now = counted(report);
    let count = |counts: &BTreeMap<_, usize>, key: &_| counts.get(key).copied().unwrap_or_default();
    let key = key(found);
    count(&then, &key) < count(&now, &key) && then.iter().all(|(key, had)| *had <= count(&now, key))
}

type FindingKey = (&'static str, String, String);

fn key(found: &Diagnostic) -> FindingKey {
    (found.rule, found.message.clone(), found.path.clone())
}

fn counted(report: &Report) -> BTreeMap<FindingKey, usize> {
    let mut counts = BTreeMap::new();
    for found in &report.diagnostics {
        *counts.entry(key(found)).or_default() += 1;
    }
    counts
}
