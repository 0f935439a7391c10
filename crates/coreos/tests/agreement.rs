//! Whatever the target's own validator complains about, some rule has a finding there, too: no
//! input of the corpus passes for clean that the original would report.

use std::path::{Path, PathBuf};

use dryboot_coreos::lint::{LintOptions, lint};
use dryboot_coreos::verdict::{Check, Entry};
use dryboot_coreos::{Document, Target, envelope};
use dryboot_lint::Report;
use dryboot_yaml::Limits;

fn inputs() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos/validate");
    let entries = std::fs::read_dir(corpus).into_iter().flatten().flatten();
    let mut inputs: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .collect();
    inputs.sort();
    inputs
}

/// Whether a finding, or a place that it refers to, is on the line of an entry.
fn is_covered(report: &Report, entry: &Entry) -> bool {
    let line = report.lines.line(entry.span.start);
    report.diagnostics.iter().any(|diagnostic| {
        let labels = diagnostic.labels.iter().map(|label| label.span);
        std::iter::once(diagnostic.span).chain(labels).any(|span| report.lines.line(span.start) == line)
    })
}

fn uncovered(checks: &[Check]) -> (usize, Vec<String>) {
    let mut entries = 0;
    let mut missing = Vec::new();
    for path in inputs() {
        let bytes = std::fs::read(&path).unwrap_or_default();
        for target in Target::ALL {
            let report = lint(&bytes, &LintOptions { target: Some(target), ..LintOptions::default() });
            let limits = Limits::default();
            let verdict = Document::read(&envelope::open(&bytes, limits.bytes), target, &limits).verdict();
            if verdict.failure.is_some() {
                continue;
            }
            for entry in verdict.entries.iter().filter(|entry| checks.contains(&entry.check)) {
                entries += 1;
                if !is_covered(&report, entry) {
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    let (line, check) = (report.lines.line(entry.span.start), entry.check);
                    missing.push(format!("{name} for {target}, line {line}, {check:?}: {}", entry.message));
                }
            }
        }
    }
    (entries, missing)
}

#[test]
fn every_complaint_of_the_validator_has_a_finding() {
    let checks = [
        Check::Yaml,
        Check::Discovery,
        Check::Encoding,
        Check::Type,
        Check::UnknownKey,
        Check::Value,
        Check::ReadOnly,
        Check::Format,
        Check::Deprecated,
        Check::Misplaced,
    ];
    let (entries, missing) = uncovered(&checks);
    assert!(missing.is_empty(), "{} of {entries} have none:\n{}", missing.len(), missing.join("\n"));
    assert!(entries > 500, "only {entries}");
}
