//! Tests that could not run: what `dryboot_testing::skip` writes down.

use crate::counts::Counts;
use crate::workspace;
use anyhow::{Context, Result};
use dryboot_testing::SKIPPED;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

/// The file in which tests say that they are skipped.
pub(crate) struct Record(PathBuf);

impl Record {
    /// Begins an empty record.
    ///
    /// # Errors
    /// When the old one cannot be removed.
    pub(crate) fn new() -> Result<Self> {
        let folder = workspace::target();
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let path = folder.join("skipped-tests");
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", path.display()))
            }
            _ => Ok(Self(path)),
        }
    }

    /// Has the tests that a command runs write here.
    pub(crate) fn pass_to(&self, command: &mut Command) {
        command.env(SKIPPED, &self.0);
    }

    /// Takes the skipped tests from those that passed, and returns the reasons with numbers.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub(crate) fn settle(self, counts: &mut Counts) -> Result<Vec<String>> {
        let text = match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            read => read.with_context(|| format!("cannot read {}", self.0.display()))?,
        };
        Ok(settle(&text, counts))
    }
}

fn settle(text: &str, counts: &mut Counts) -> Vec<String> {
    // A test that gives several reasons is one test.
    let by_test: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    let number = u64::try_from(by_test.len()).unwrap_or(u64::MAX);
    counts.passed = counts.passed.saturating_sub(number);
    counts.skipped += number;
    let reasons: BTreeSet<&str> = by_test.values().copied().collect();
    let tests = |reason: &str| by_test.values().filter(|value| **value == reason).count();
    reasons.into_iter().map(|reason| format!("{} skipped, because {reason}", tests(reason))).collect()
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::counts::Counts;

    #[test]
    fn a_skipped_test_is_none_that_passed_and_is_counted_once() {
        let mut counts = Counts { passed: 10, failed: 1, skipped: 2 };
        let text = "matrix: a\tgpg is not installed\nsort: a\tgpg is not installed\n\
            verify: b\tsystemd is old\nverify: b\tsystemd is old\n";
        assert_eq!(
            settle(text, &mut counts),
            ["2 skipped, because gpg is not installed", "1 skipped, because systemd is old"]
        );
        assert_eq!(counts, Counts { passed: 7, failed: 1, skipped: 5 });
    }
}
