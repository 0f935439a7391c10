//! What makes a finding the same one in a later run, though its line has moved.

use std::collections::HashMap;

use dryboot_lint::{Diagnostic, Report};
use sha2::{Digest, Sha256};

/// Fingerprints of the findings in one file, in their order.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding: made of the file, the rule, the path in the config and the line as it is written.
    /// Of several that are alike, each has its number.
    pub(super) fn of(&mut self, file: &str, report: &Report, found: &Diagnostic) -> String {
        let line = report.lines.line(found.span.start);
        let written = report.lines.line_span(line, &report.text).slice(&report.text).trim();
        let mut hash = Sha256::new();
        for part in [file, found.rule, &found.path, written] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let first: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let count = self.seen.entry(first.clone()).or_default();
        *count += 1;
        match *count {
            1 => first,
            number => format!("{first}-{number}"),
        }
    }
}
