//! What a rule is. Each stands in a file of its own below [`crate::rules`], with its
//! documentation beside it.

use crate::Target;

use crate::lint::context::Context;
use dryboot_lint::Severity;

/// A check with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect: `unknown-key`.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// The targets that it holds for.
    pub targets: &'static [Target],
    /// Markdown: a title, a summary in one sentence, then the headings `What it does`, `Why it is
    /// bad`, `What to do` and `Examples`, whose blocks are run as tests.
    pub docs: &'static str,
    /// How much of a damaged text it can judge.
    pub(crate) scope: Scope,
    pub(crate) check: fn(&mut Context<'_>),
}

/// What has to be there for a rule's findings to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The text alone, whatever it is.
    Text,
    /// What is written at a place: holds before a syntax error, and after it where reading is
    /// taken up again.
    Written,
    /// What is not written, too: holds only in top-level entries that were read whole.
    Absent,
}

impl Rule {
    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}
