//! What systemd starts by itself: at boot, and whenever a run of coreos-cloudinit has exited.

use std::collections::BTreeSet;

use dryboot_systemd::graph::NodeId;
use dryboot_systemd::transaction::{self, Action as Verb, State};

use super::replayer::{DEFAULT, Replayer};
use crate::journal::ProgramRun;
use crate::units::devices::devices;
use crate::units::replayed::By;
use crate::units::shown::JobEnd;

impl<'p> Replayer<'p> {
    /// The transaction of the boot. What comes after the first run of the program is pending.
    pub(super) fn boot(&mut self) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(root) = graph.find(DEFAULT) else { return };
        let runs: BTreeSet<NodeId> = self.boot.runs.iter().filter_map(|run| graph.find(&run.unit)).collect();
        let devices: Vec<NodeId> = devices(graph).collect();
        self.devices = devices.iter().map(|&node| graph.unit(node).name.clone()).collect();
        let state = State {
            active: devices.into_iter().collect(),
            // The drive, the path and the URL start these by themselves.
            pending: runs.iter().map(|&run| (run, Verb::Start)).collect(),
            ..State::default()
        };
        let Ok(transaction) = transaction::plan(graph, root, Verb::Start, &state, &self.effort) else {
            return;
        };
        let waiting = runs.iter().flat_map(|&run| transaction.while_running(graph, run, &state).pending);
        let waiting = waiting.map(|(node, _)| node).chain(runs.iter().copied());
        self.pending = waiting.map(|node| graph.unit(node).name.clone()).collect();
        self.tell(&transaction, index, &By::Boot, |unit, pending| !pending.contains(unit));
    }

    /// Starts and ends runs of the program as their effects begin and end.
    pub(super) fn enter(&mut self, effect: usize) {
        let runs: &'p [ProgramRun] = self.boot.runs;
        let ended = runs.iter().filter(|run| run.effects.end <= effect);
        let ended: Vec<&str> = ended.map(|run| run.unit.as_str()).collect();
        self.held.retain(|held| !ended.contains(&held.as_str()));
        if self.stopped.as_deref().is_some_and(|stopped| ended.contains(&stopped)) && !self.hangs() {
            self.stopped = None;
        }
        for unit in ended {
            self.run_pending(unit);
        }
        for run in runs.iter().filter(|run| run.effects.contains(&effect)) {
            if !self.held.contains(&run.unit) {
                self.held.push(run.unit.clone());
            }
        }
    }

    /// A run has ended: what has waited for it alone goes on.
    fn run_pending(&mut self, unit: &str) {
        if self.hangs() || !self.pending.remove(unit) {
            return;
        }
        self.state = None;
        self.activate(unit);
        if self.replay.jobs.iter().all(|told| told.unit != unit) {
            self.booted(unit.to_owned(), JobEnd::Done);
            self.wave += 1;
        }
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        // What nobody else holds: in the order of the names, since these are targets of the image.
        let waits = |name: &String| {
            let Some(node) = graph.find(name) else { return false };
            let earlier = graph.earlier(node).map(|(_, other)| graph.unit(other).name.clone());
            earlier.into_iter().any(|other| self.pending.contains(&other))
        };
        let is_run = |name: &String| self.boot.runs.iter().any(|run| run.unit == *name);
        let free: Vec<String> =
            self.pending.iter().filter(|name| !is_run(name) && !waits(name)).cloned().collect();
        for name in free {
            self.pending.remove(&name);
            self.state = None;
            self.activate(&name);
            self.booted(name, JobEnd::Done);
        }
        self.wave += 1;
    }
}
