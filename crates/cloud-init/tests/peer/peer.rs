//! cloud-init's own validator, asked.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use base64::prelude::*;
use dryboot_cloud_init::verdict::Outcome;
use dryboot_testing::CloudInit;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What the peer says to one text.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    outcome: String,
    /// Paths with messages.
    pub(crate) errors: Vec<(String, String)>,
    pub(crate) deprecations: Vec<(String, String)>,
}

/// What a text comes to, in the form in which both are compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) outcome: Outcome,
    /// Where the errors are; none when the validator crashes.
    pub(crate) errors: BTreeSet<String>,
    /// Where the deprecations are.
    pub(crate) deprecations: BTreeSet<String>,
}

impl Answer {
    pub(crate) fn decision(&self) -> Decision {
        let paths = |problems: &[(String, String)]| problems.iter().map(|(path, _)| path.clone()).collect();
        let (errors, deprecations) = (paths(&self.errors), paths(&self.deprecations));
        match self.outcome.as_str() {
            "accepted" => Decision { outcome: Outcome::Accepted, errors, deprecations },
            "refused" => Decision { outcome: Outcome::Refused, errors, deprecations },
            other => {
                assert_eq!(other, "crashed");
                Decision { outcome: Outcome::Crashed, errors: BTreeSet::new(), deprecations }
            }
        }
    }
}

/// How many characters of a message the peer tells.
pub(crate) const SHOWN: usize = 1000;

/// One Python that answers.
pub(crate) struct Peer {
    child: Child,
    answers: BufReader<ChildStdout>,
    /// The version of cloud-init.
    pub(crate) version: String,
}

impl Peer {
    pub(crate) fn start(place: &CloudInit) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer/peer.py");
        let mut child = Command::new(&place.python)
            .args(["-I", "-S"])
            .arg(script)
            .arg(&place.packages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut peer = Self { child, answers, version: String::new() };
        peer.version = peer.read();
        peer
    }

    pub(crate) fn ask(&mut self, texts: &[Vec<u8>]) -> Vec<Answer> {
        let texts: Vec<String> = texts.iter().map(|text| BASE64_STANDARD.encode(text)).collect();
        let mut question = serde_json::to_vec(&texts).expect("JSON");
        question.push(b'\n');
        self.child.stdin.as_mut().expect("a pipe").write_all(&question).expect("Python reads");
        self.read()
    }

    fn read<T: DeserializeOwned>(&mut self) -> T {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("Python answers");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
