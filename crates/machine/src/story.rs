//! A boot as a person reads it: stages, their steps, and what came of each.

use serde::Serialize;

use crate::cause::Cause;
use crate::codes::codes;

/// A part of the boot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// What it is about.
    pub name: String,
    /// What happens in it, in order.
    pub steps: Vec<Step>,
}

/// One thing that somebody does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The unit or the program.
    pub who: String,
    /// What it does.
    pub what: String,
    /// Files and addresses that it reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    /// What came of it.
    pub state: State,
    /// Why, or what it found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Indices of the effects that it has.
    pub effects: Vec<usize>,
    /// What those are due to.
    pub causes: Vec<Cause>,
    /// How many runs of a program wait for this one to end.
    #[serde(skip_serializing_if = "is_zero")]
    pub depth: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What came of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It worked.
    #[default]
    Done,
    /// There was nothing to do.
    Skipped,
    /// It did not work.
    Failed,
    /// The boot ended before.
    NotReached,
}

impl Step {
    /// A step that worked.
    #[must_use]
    pub fn done(who: &str, what: impl Into<String>) -> Self {
        Self { who: who.to_owned(), what: what.into(), ..Self::default() }
    }

    /// The same step with another end, and the reason for it.
    #[must_use]
    pub fn ended(self, state: State, why: impl Into<String>) -> Self {
        Self { state, why: Some(why.into()), ..self }
    }

    /// The same step, which reads this.
    #[must_use]
    pub fn reading(self, what: &str) -> Self {
        Self { reads: vec![what.to_owned()], ..self }
    }
}

codes!(State { Done = "done", Skipped = "skipped", Failed = "failed", NotReached = "not-reached" });
