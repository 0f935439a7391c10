//! How units stand at a moment of the boot.

use std::collections::{BTreeMap, BTreeSet};

use dryboot_systemd::Effort;
use dryboot_systemd::graph::{Graph, NodeId};
use dryboot_systemd::load::Catalog;
use dryboot_systemd::transaction::{Action as Verb, State};

use crate::units::boot::Boot;
use crate::units::devices::devices;
use crate::units::image::add_files;
use crate::units::replayed::{By, Replay, Told, Trouble};
use crate::units::shown::{JobEnd, UnitEnd};

/// What the machine starts by itself.
pub(super) const DEFAULT: &str = "multi-user.target";

/// The state of a replay.
pub(super) struct Replayer<'p> {
    pub(super) boot: &'p Boot<'p>,
    pub(super) catalog: Catalog,
    /// Of the catalog as it is; none after a change.
    pub(super) graph: Option<usize>,
    /// How the units of that graph stand; none when it has to be found out anew.
    pub(super) state: Option<State>,
    /// The units whose jobs have run.
    pub(super) active: BTreeSet<String>,
    /// Start jobs of the boot that have not run, since they come after a run of the program.
    pub(super) pending: BTreeSet<String>,
    /// The runs of the program under way, the outermost first.
    pub(super) held: Vec<String>,
    /// The run that has come to its end before its last effect: nothing behind that happens.
    pub(super) stopped: Option<String>,
    /// The devices of the image.
    pub(super) devices: BTreeSet<String>,
    pub(super) wave: usize,
    pub(super) effort: Effort,
    pub(super) replay: Replay,
}

impl<'p> Replayer<'p> {
    pub(super) fn new(boot: &'p Boot<'p>, effort: Effort) -> Self {
        let mut catalog = boot.image.catalog();
        add_files(&mut catalog, boot.files, |entry| entry.written_by.is_none());
        let replay = Replay {
            jobs: Vec::new(),
            troubles: Vec::new(),
            graphs: Vec::new(),
            ends: BTreeMap::new(),
            touched: BTreeSet::new(),
            writers: BTreeMap::new(),
            release: boot.image.release,
            is_exhausted: false,
        };
        Self {
            boot,
            catalog,
            graph: None,
            state: None,
            active: BTreeSet::new(),
            pending: BTreeSet::new(),
            held: Vec::new(),
            stopped: None,
            devices: BTreeSet::new(),
            wave: 0,
            effort,
            replay,
        }
    }

    pub(super) fn graph(&mut self) -> usize {
        if let Some(graph) = self.graph {
            return graph;
        }
        let runs = self.boot.runs.iter().map(|run| run.unit.as_str());
        let touched = self.replay.touched.iter().map(String::as_str);
        let roots: Vec<&str> = [DEFAULT].into_iter().chain(runs).chain(touched).collect();
        let graph = Graph::new(&self.catalog, roots, self.replay.release, &self.effort);
        // Of the one before, nothing is needed any more unless there is something to say about it.
        let last = self.replay.graphs.len().checked_sub(1);
        if last.is_some_and(|last| self.replay.troubles.iter().all(|trouble| trouble.graph() != last)) {
            self.replay.graphs.pop();
        }
        self.replay.graphs.push(graph);
        let index = self.replay.graphs.len() - 1;
        self.graph = Some(index);
        index
    }

    /// How the units of a graph stand.
    pub(super) fn state_in(&self, graph: &Graph) -> State {
        let nodes = |names: &BTreeSet<String>| -> Vec<NodeId> {
            names.iter().filter_map(|name| graph.find(name)).collect()
        };
        State {
            active: nodes(&self.active).into_iter().chain(devices(graph)).collect(),
            pending: nodes(&self.pending).into_iter().map(|node| (node, Verb::Start)).collect(),
            failing: BTreeSet::new(),
        }
    }

    pub(super) fn activate(&mut self, unit: &str) {
        let Some(index) = self.graph else { return };
        let graph = &self.replay.graphs[index];
        let Some(node) = graph.find(unit) else { return };
        let loaded = graph.unit(node);
        let is_oneshot = loaded.text("Service", "Type") == "oneshot";
        if is_oneshot && !loaded.flag("Service", "RemainAfterExit", false) {
            self.end_as(unit, UnitEnd::Done);
            return;
        }
        self.active.insert(unit.to_owned());
        if let Some(state) = &mut self.state {
            state.active.insert(node);
        }
        self.end_as(unit, UnitEnd::Active);
    }

    pub(super) fn deactivate(&mut self, unit: &str) {
        self.active.remove(unit);
        self.state = None;
        self.end_as(unit, UnitEnd::Stopped);
    }

    pub(super) fn changed(&mut self) {
        self.graph = None;
        self.state = None;
    }

    pub(super) fn end_as(&mut self, unit: &str, end: UnitEnd) {
        self.replay.ends.insert(unit.to_owned(), end);
    }

    /// Whether a run of the program never ends.
    pub(super) fn hangs(&self) -> bool {
        self.replay.troubles.iter().any(|trouble| matches!(trouble, Trouble::Waits { .. }))
    }

    /// Notes that the boot itself starts a unit.
    pub(super) fn booted(&mut self, unit: String, end: JobEnd) {
        let (verb, by, wave) = (verb_name(Verb::Start), By::Boot, self.wave);
        self.replay.jobs.push(Told { unit, verb, by, wave, end, effect: None });
    }
}

pub(super) fn verb_name(verb: Verb) -> &'static str {
    match verb {
        Verb::Start => "start",
        Verb::VerifyActive => "verify",
        Verb::Reload => "reload",
        Verb::Stop => "stop",
        Verb::Restart => "restart",
    }
}
