//! The validator's messages word for word.

use std::collections::BTreeSet;

use dryboot_cloud_init::native::{File, Said, messages};
use dryboot_cloud_init::verdict::{Judged, Outcome, Subject};

use crate::peer::{Answer, SHOWN};

/// The name of the file that the peer believes to read.
const NAME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peer/peer.py");

/// A way to differ.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// Why it stays.
    pub(crate) reason: &'static str,
    pub(crate) is_it: fn(&[u8], &[String]) -> bool,
}

pub(crate) const WORDS: &[Known] = &[
    Known {
        name: "pieces of the schema",
        reason: "a message about several forms that fit quotes them, and the tables do not have the schema's own text",
        is_it: |_, differences| {
            differences.iter().all(|difference| difference.contains("is valid under each of "))
        },
    },
    Known {
        name: "empty list of several forms",
        reason: "of the complaints about an empty list that fits no form, python-jsonschema shows another one",
        is_it: |_, differences| {
            let is_one = |difference: &String| {
                difference.ends_with(": [] is too short")
                    || difference.ends_with(": [] is not valid under any of the given schemas")
            };
            differences.iter().all(is_one)
        },
    },
    Known {
        name: "order of a set",
        reason: "Python shows the elements of a set in an order that changes from run to run",
        is_it: |text, _| text.windows(5).any(|piece| piece == b"!!set"),
    },
];

/// What one side says alone.
pub(crate) fn differences(
    text: &[u8],
    judged: &Judged,
    subject: &Subject<'_>,
    answer: &Answer,
) -> Vec<String> {
    if judged.verdict.outcome == Outcome::Crashed {
        return Vec::new();
    }
    let lossy = String::from_utf8_lossy(text);
    let file = File { name: NAME, text: &lossy, bytes: text, secrets: None };
    let ours = messages(judged, &file, subject);
    let mut found = Vec::new();
    for (ours, theirs) in [(ours.errors, &answer.errors), (ours.deprecations, &answer.deprecations)] {
        let ours: BTreeSet<(String, String)> = ours
            .into_iter()
            .map(|Said { path, message }| (path, message.chars().take(SHOWN).collect()))
            .collect();
        let theirs: BTreeSet<(String, String)> = theirs.iter().cloned().collect();
        found.extend(theirs.difference(&ours).map(|(path, message)| format!("not {path}: {message}")));
        found.extend(ours.difference(&theirs).map(|(path, message)| format!("but {path}: {message}")));
    }
    found
}
