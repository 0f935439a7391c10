//! PyYAML, in a Python that goes on running.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The Python to ask.
pub(crate) fn python() -> Option<PathBuf> {
    std::env::var_os("DRYBOOT_PYTHON").filter(|path| !path.is_empty()).map(Into::into)
}

/// Why the comparison is skipped.
pub(crate) const MISSING: &str =
    "DRYBOOT_PYTHON does not name a Python with PyYAML, as `cargo xtask test` makes it do";

/// The Python whose exceptions have the texts that we know. Others say the same in other words.
const KNOWN: &str = "3.11";

pub(crate) struct Peer {
    child: Child,
    answers: BufReader<ChildStdout>,
    is_known: bool,
}

impl Peer {
    pub(crate) fn start(python: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pyyaml/peer.py");
        let mut child = Command::new(python)
            .arg("-I")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut peer = Self { child, answers, is_known: false };
        peer.is_known = peer.read::<String>() == KNOWN;
        peer
    }

    /// What PyYAML makes of each text.
    pub(crate) fn ask(&mut self, texts: &[String]) -> Vec<String> {
        let mut question = serde_json::to_vec(texts).expect("JSON");
        question.push(b'\n');
        self.child.stdin.as_mut().expect("a pipe").write_all(&question).expect("Python reads");
        self.read()
    }

    fn read<T: serde::de::DeserializeOwned>(&mut self) -> T {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("Python answers");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Whether both answers say the same.
    pub(crate) fn agrees(&self, theirs: &str, ours: &str) -> bool {
        let both_crash = theirs.starts_with("crash ") && ours.starts_with("crash ");
        theirs == ours || (both_crash && !self.is_known)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
