//! What is shown of the units of a boot.

use std::borrow::Cow;

use serde::Serialize;

use crate::cause::Cause;
use crate::codes::codes;

/// The units that a boot touches and those that matter for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Units {
    /// The units.
    pub units: Vec<Unit>,
    /// What they have to do with each other.
    pub edges: Vec<Edge>,
    /// Jobs, in an order in which they run.
    pub jobs: Vec<Job>,
    /// What goes wrong.
    pub problems: Vec<Problem>,
}

impl Units {
    /// Whether something surely goes wrong.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.problems.iter().any(|problem| !problem.is_note)
    }

    /// A unit that was asked for, and of which it is not known whether the image has it.
    #[must_use]
    pub fn unknown(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.from == Origin::Missing && unit.state == UnitEnd::Failed)
    }
}

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Who brings it.
    pub from: Origin,
    /// What has become of it.
    pub state: UnitEnd,
    /// What its file calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its unit file and drop-ins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// What it is due to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}

/// Who brings a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nobody: its name is not among those that are known of the image.
    #[default]
    Missing,
    /// The image.
    Stock,
    /// The program, for a setting.
    Generated,
    /// The config of the image.
    Oem,
    /// The user's text.
    User,
}

/// What has become of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitEnd {
    /// Nothing has started it.
    #[default]
    Inactive,
    /// It runs.
    Active,
    /// It has run to its end.
    Done,
    /// Its job waits for something that does not come.
    Waiting,
    /// It does not start.
    Failed,
    /// It was stopped.
    Stopped,
    /// It is masked.
    Masked,
    /// It starts at the next boot.
    Enabled,
}

/// What a unit has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// Index of the unit that depends.
    pub from: usize,
    /// Index of the unit that it depends on, or comes after.
    pub to: usize,
    /// systemd's names for the dependency; `Before` is reversed and becomes `After`.
    pub kinds: Vec<&'static str>,
    /// It is part of a cycle.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cycle: bool,
}

/// Something that systemd does with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Index of the unit.
    pub unit: usize,
    /// `start`, `stop`, `restart`, …
    pub verb: &'static str,
    /// The unit that pulls it in, or the name of the program, or `boot`.
    pub by: String,
    /// Jobs of one wave can run side by side.
    pub wave: usize,
    /// What becomes of it.
    pub state: JobEnd,
    /// Index of the effect that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<usize>,
}

/// What becomes of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// It runs.
    Done,
    /// It fails.
    Failed,
    /// It waits forever.
    Waiting,
    /// What it comes after never ends.
    NotReached,
}

codes!(Origin {
    Missing = "missing",
    Stock = "stock",
    Generated = "generated",
    Oem = "oem",
    User = "user",
});

codes!(UnitEnd {
    Inactive = "inactive",
    Active = "active",
    Done = "done",
    Waiting = "waiting",
    Failed = "failed",
    Stopped = "stopped",
    Masked = "masked",
    Enabled = "enabled",
});

codes!(JobEnd { Done = "done", Failed = "failed", Waiting = "waiting", NotReached = "not-reached" });

/// What kind of thing goes wrong with units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProblemKind {
    /// Anything that is not a problem of one of the other kinds.
    #[default]
    Other,
    /// The order of units is a cycle.
    Cycle,
    /// The program waits for a unit that waits for the program.
    Hang,
    /// systemd refuses a command.
    Refused,
}

/// Something about units that goes wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of thing goes wrong.
    #[serde(skip)]
    pub kind: ProblemKind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Cow<'static, str>>,
    /// It depends on something that is not known here, and may well be all right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_note: bool,
    /// Indices of the units; of a cycle in its order.
    pub units: Vec<usize>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}
