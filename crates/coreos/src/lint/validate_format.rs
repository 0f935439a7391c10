//! What the original's `-validate` prints.

use std::fmt::Write;

use crate::lint::Report;

/// `line N: KIND: MESSAGE` for each entry of the validator, or nothing when it gives up.
#[must_use]
pub fn coreos_cloudinit_format(report: &Report) -> String {
    let mut out = String::new();
    if report.verdict.failure.is_none() {
        for entry in &report.verdict.entries {
            let _ = writeln!(out, "line {}: {}: {}", entry.line, entry.kind.name(), entry.message);
        }
    }
    out
}

/// Whether the original's `-validate` would exit with 0.
#[must_use]
pub fn validates(report: &Report) -> bool {
    report.verdict.failure.is_none() && report.verdict.entries.is_empty()
}
