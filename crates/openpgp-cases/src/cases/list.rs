//! How the cases are written down.

use super::NOW;
use crate::keys::Files;
use crate::{Case, Expect, GpgVerdict, Options};

/// The cases while they are collected, and the files that they need.
pub(super) struct List {
    pub(super) cases: Vec<Case>,
    pub(super) files: Files,
}

impl List {
    pub(super) fn add(
        &mut self,
        name: &str,
        keyring: &[&str],
        signature: &str,
        states: &[&str],
    ) -> &mut Case {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        self.cases.push(Case {
            name: name.to_owned(),
            keyring: owned(keyring),
            signature: signature.to_owned(),
            data: "data.bin".to_owned(),
            options: Options {
                now: NOW,
                policy_as_of: None,
                fingerprints: Vec::new(),
                required: 1,
                accept_sha1: false,
            },
            expect: Expect {
                good: states.iter().any(|state| state.starts_with("good")),
                states: owned(states),
                refused: None,
            },
            gpg: GpgVerdict::default(),
            differs: None,
        });
        let last = self.cases.len() - 1;
        &mut self.cases[last]
    }
}

impl Case {
    pub(super) fn over(&mut self, data: &str) -> &mut Self {
        data.clone_into(&mut self.data);
        self
    }

    pub(super) fn but(&mut self, differs: &str) -> &mut Self {
        self.differs = Some(differs.to_owned());
        self
    }

    pub(super) fn refused(&mut self, what: &str) -> &mut Self {
        self.expect.refused = Some(what.to_owned());
        self
    }

    pub(super) fn with(&mut self, change: impl FnOnce(&mut Options)) -> &mut Self {
        change(&mut self.options);
        self
    }

    pub(super) fn not_good(&mut self) -> &mut Self {
        self.expect.good = false;
        self
    }
}
