//! The end of the boot: what still waits, and what the next boot makes of it.

use dryboot_systemd::graph::Kind;
use dryboot_systemd::name;
use dryboot_systemd::transaction::{self, Action as Verb, Refusal, State};

use super::replayer::{DEFAULT, Replayer};
use crate::units::cycles;
use crate::units::replayed::{CycleIn, Replay, Trouble};
use crate::units::shown::{JobEnd, UnitEnd};

impl Replayer<'_> {
    pub(super) fn end(mut self) -> Replay {
        if self.effort.is_exhausted() {
            return self.give_up();
        }
        self.enter(self.boot.effects.len());
        let hangs = self.hangs();
        let rest: Vec<String> = std::mem::take(&mut self.pending).into_iter().collect();
        let runs: Vec<&str> = self.boot.runs.iter().map(|run| run.unit.as_str()).collect();
        for unit in rest {
            // A run without an effect has ended, too.
            let is_run = runs.contains(&unit.as_str());
            let end = match hangs {
                true if is_run => JobEnd::Waiting,
                true => JobEnd::NotReached,
                false => JobEnd::Done,
            };
            match end {
                JobEnd::Done => self.activate(&unit),
                _ => self.end_as(&unit, UnitEnd::Waiting),
            }
            self.booted(unit, end);
        }
        self.next_boot();
        if self.effort.is_exhausted() {
            return self.give_up();
        }
        self.replay
    }

    /// What has been found so far holds, and nothing is said about the rest.
    fn give_up(mut self) -> Replay {
        self.graph();
        self.replay.is_exhausted = true;
        self.replay
    }

    /// What is enabled starts at the next boot: its order may have cycles.
    fn next_boot(&mut self) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(root) = graph.find(DEFAULT) else { return };
        let (cycles, is_refused, started) =
            match transaction::plan(graph, root, Verb::Start, &State::default(), &self.effort) {
                Ok(transaction) => {
                    let started =
                        transaction.jobs.iter().map(|job| graph.unit(job.unit).name.clone()).collect();
                    (transaction.cycles, false, started)
                }
                Err(Refusal::Cycle(cycle)) => (vec![cycle], true, Vec::new()),
                Err(Refusal::Unit { .. } | Refusal::Effort) => (Vec::new(), false, Vec::new()),
            };
        let mut needed: Vec<Trouble> = Vec::new();
        for node in self.replay.touched.iter().filter_map(|name| graph.find(name)) {
            for (edge, to) in
                graph.outgoing(node).filter(|(_, edge)| matches!(edge.kind, Kind::Requires | Kind::BindsTo))
            {
                let device = graph.unit(to.to).name.clone();
                if name::suffix(&device) == "device"
                    && !self.devices.contains(&device)
                    && !self.boot.image.devices.contains(&device.as_str())
                {
                    let unit = graph.unit(node).name.clone();
                    needed.push(Trouble::Device { unit, device, edge, graph: index });
                }
            }
        }
        self.replay.troubles.extend(needed);
        for unit in started {
            self.replay.ends.entry(unit).or_insert(UnitEnd::Enabled);
        }
        let found = if is_refused { CycleIn::NeededJobs } else { CycleIn::Jobs };
        for cycle in cycles {
            self.replay.troubles.push(Trouble::Cycle { cycle, graph: index, found });
        }
        let asleep = cycles::asleep(&self.replay, index, &self.effort);
        self.replay.troubles.extend(asleep);
    }
}
