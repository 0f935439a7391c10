//! Findings that are known: a project with old findings can begin to check for new ones.
//!
//! The file has, for each file that is checked, the fingerprints of its findings, and what people need to recognise them. It
//! holds no text of the files.

use std::collections::{BTreeMap, HashSet};
use std::mem;

use dryboot_lint::Report;
use serde::{Deserialize, Serialize};

use crate::render::{Fingerprints, path_of};

/// The version of the format.
const VERSION: u32 = 1;

/// The findings that are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// By the path of the file, relative to the baseline.
    files: BTreeMap<String, Vec<Known>>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    rule: String,
    path: String,
    fingerprint: String,
}

impl Default for Baseline {
    fn default() -> Self {
        Self { version: VERSION, files: BTreeMap::new() }
    }
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not a baseline of this version; as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match read.version {
            VERSION => Ok(read),
            version => Err(format!("it has version {version}, and this dryboot reads version {VERSION}")),
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Moves the findings that are known to those that are suppressed, and says how many that were known are gone.
    /// `name` is the path of the file, relative to the baseline.
    pub fn settle(&self, name: &str, report: &mut Report) -> usize {
        let name = path_of(name);
        let Some(known) = self.files.get(&name) else { return 0 };
        let mut left: HashSet<&str> = known.iter().map(|known| known.fingerprint.as_str()).collect();
        let mut fingerprints = Fingerprints::default();
        let found = mem::take(&mut report.diagnostics);
        for finding in found {
            let is_known = left.remove(fingerprints.of(&name, report, &finding).as_str());
            let kept = if is_known { &mut report.suppressed } else { &mut report.diagnostics };
            kept.push(finding);
        }
        left.len()
    }

    /// Makes all findings of a file known, and forgets those that were.
    pub fn adopt(&mut self, name: &str, report: &Report) {
        let name = path_of(name);
        let mut fingerprints = Fingerprints::default();
        let known = report.diagnostics.iter().map(|finding| Known {
            rule: finding.rule.to_owned(),
            path: finding.path.clone(),
            fingerprint: fingerprints.of(&name, report, finding),
        });
        let known: Vec<Known> = known.collect();
        match known.is_empty() {
            true => _ = self.files.remove(&name),
            false => _ = self.files.insert(name, known),
        }
    }

    /// Forgets files that are gone.
    pub fn retain(&mut self, exists: impl Fn(&str) -> bool) {
        self.files.retain(|name, _| exists(name));
    }

    /// How many findings are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }
}
