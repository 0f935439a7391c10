//! What a replay of a boot comes to.

use std::collections::{BTreeMap, BTreeSet};

use dryboot_systemd::Release;
use dryboot_systemd::graph::{EdgeId, Graph};
use dryboot_systemd::transaction::{self, Outcome, Refusal};

use super::shown::{JobEnd, UnitEnd};

/// Who asks for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// systemd, at boot.
    Boot,
    /// An effect, by its index.
    Command(usize),
    /// A unit that pulls it in.
    Unit(String),
}

/// A job, of whichever transaction.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) unit: String,
    pub(super) verb: &'static str,
    pub(super) by: By,
    pub(super) wave: usize,
    pub(super) end: JobEnd,
    pub(super) effect: Option<usize>,
}

/// Something that goes wrong, with the graph in which it does.
pub(super) enum Trouble {
    /// The order has a cycle.
    Cycle { cycle: transaction::Cycle, graph: usize, found: CycleIn },
    /// A command is never carried out: the chain of units that wait for each other.
    Waits { chain: Vec<transaction::Wait>, graph: usize, effect: usize, held: String },
    /// systemd refuses a command.
    Refused { refusal: Refusal, graph: usize, effect: usize, unit: String },
    /// A unit needs a device, and it is not known whether the machine has it.
    Device { unit: String, device: String, edge: EdgeId, graph: usize },
    /// A job fails.
    Fails { unit: String, outcome: Outcome, graph: usize },
}

impl Trouble {
    /// The graph in which it is.
    pub(super) fn graph(&self) -> usize {
        match self {
            Self::Cycle { graph, .. }
            | Self::Waits { graph, .. }
            | Self::Refused { graph, .. }
            | Self::Device { graph, .. }
            | Self::Fails { graph, .. } => *graph,
        }
    }
}

/// Where a cycle is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CycleIn {
    /// In what this boot or the next starts: systemd leaves a job out.
    Jobs,
    /// There, too, and no job can be spared.
    NeededJobs,
    /// Nowhere yet: only when its units are started together.
    Units,
}

pub(super) struct Replay {
    pub(super) jobs: Vec<Told>,
    pub(super) troubles: Vec<Trouble>,
    /// The graphs that troubles point into. The last is that of the end.
    pub(super) graphs: Vec<Graph>,
    pub(super) ends: BTreeMap<String, UnitEnd>,
    /// The units that the boot itself is about.
    pub(super) touched: BTreeSet<String>,
    /// The effects that wrote the files of units.
    pub(super) writers: BTreeMap<String, usize>,
    pub(super) release: Release,
    /// The units ask for so much of each other that the rest was not followed.
    pub(super) is_exhausted: bool,
}
