//! GitLab's code quality report (GitLab's documentation, "Code Quality", the format of an issue).

use std::io;

use dryboot_lint::Severity;
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Results, uri};
use crate::output::Output;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let mut issues = Vec::new();
    for named in results.reports {
        let (report, path) = (named.report, uri::path(named.name));
        let mut fingerprints = Fingerprints::default();
        for found in &report.diagnostics {
            let line = |offset| report.lines.line(offset);
            issues.push(Issue {
                description: &found.message,
                check_name: found.rule,
                fingerprint: fingerprints.of(&path, report, found),
                severity: match found.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: path.clone(),
                    lines: Lines {
                        begin: line(found.span.start),
                        end: line(found.span.end.max(found.span.start)),
                    },
                },
            });
        }
    }
    out.json(&issues)
}
