//! The journal of a boot: what is done to the machine, in order, and what is said about it.

use std::collections::HashSet;
use std::ops::Range;

use crate::action::Action;
use crate::cause::Cause;
use crate::state::MachineState;
use crate::story::Stage;

/// An action with what it is due to.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What is done.
    pub action: Action,
    /// Why, without repetition and in no order of weight.
    pub causes: Vec<Cause>,
}

/// A line of a program's log that is worth reading: a failure, a warning, something skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What the program says.
    pub text: String,
    /// What it is about.
    pub causes: Vec<Cause>,
}

/// A run of a program in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramRun {
    /// The unit.
    pub unit: String,
    /// Its effects, by index; those of runs nested in it are among them.
    pub effects: Range<usize>,
}

/// A machine under way, and all that has happened to it since the boot began. Whoever has it may add
/// to it: a program that starts another one lends it on.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// The machine as it is now.
    pub machine: MachineState,
    /// What was done to it, in order.
    pub effects: Vec<Effect>,
    /// What the programs have said.
    pub messages: Vec<Message>,
    /// What they have printed.
    pub stdout: String,
    /// The boot so far, as a person reads it.
    pub stages: Vec<Stage>,
    /// The runs of programs in units, in the order in which they ended.
    pub runs: Vec<ProgramRun>,
    /// Remarks of ours on what is taken for granted.
    pub notes: Vec<String>,
}

impl Journal {
    /// The journal of a machine on which nothing has happened yet.
    #[must_use]
    pub fn new(machine: MachineState) -> Self {
        Self {
            machine,
            effects: Vec::new(),
            messages: Vec::new(),
            stdout: String::new(),
            stages: Vec::new(),
            runs: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Notes that something was done.
    pub fn record(&mut self, action: Action, causes: &[Cause]) {
        let mut seen = HashSet::with_capacity(causes.len());
        let once = causes.iter().filter(|cause| seen.insert(*cause)).cloned().collect();
        self.effects.push(Effect { action, causes: once });
    }

    /// Notes what a program says.
    pub fn say(&mut self, text: impl Into<String>, causes: &[Cause]) {
        self.messages.push(Message { text: text.into(), causes: causes.to_vec() });
    }

    /// Notes that a program which began with this effect has ended.
    pub fn ran(&mut self, unit: &str, first: usize) {
        self.runs.push(ProgramRun { unit: unit.to_owned(), effects: first..self.effects.len() });
    }
}
