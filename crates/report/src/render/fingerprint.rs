//! What makes a finding the same one in a later run, though its line has moved.

use std::collections::HashMap;

use dryboot_lint::{Diagnostic, Report};
use sha2::{Digest, Sha256};

/// Fingerprints of the findings in one file, in their order.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding: made of the file, the rule, the path in the config and the line as it is written.
    /// The path has no numbers of items, which change when others come before them. Of several that are alike, each has
    /// its number.
    #[must_use]
    pub fn of(&mut self, file: &str, report: &Report, found: &Diagnostic) -> String {
        let line = report.lines.line(found.span.start);
        let written = report.lines.line_span(line, &report.text).slice(&report.text).trim();
        let mut hash = Sha256::new();
        for part in [file, found.rule, &without_numbers(&found.path), written] {
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

/// A path such as `users[0].name` as `users[].name`.
fn without_numbers(path: &str) -> String {
    let mut kept = String::with_capacity(path.len());
    let mut is_number = false;
    for character in path.chars() {
        is_number &= character.is_ascii_digit();
        if !is_number {
            kept.push(character);
        }
        is_number |= character == '[';
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn items_are_the_same_wherever_they_stand_in_their_list() {
        for (path, kept) in [
            ("users[0].name", "users[].name"),
            ("a[12][3]", "a[][]"),
            ("disk_setup./dev/sd1", "disk_setup./dev/sd1"),
            ("", ""),
        ] {
            assert_eq!(without_numbers(path), kept);
        }
    }
}
