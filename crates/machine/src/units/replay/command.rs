//! What the effects of a program are to systemd: files and links that change units, and commands.

use std::collections::BTreeSet;

use dryboot_systemd::enable::enable;
use dryboot_systemd::graph::NodeId;
use dryboot_systemd::transaction::{self, Action as Verb, Outcome, Refusal, Transaction};

use super::replayer::{Replayer, verb_name};
use crate::action::{Action, Unmasked};
use crate::units::replayed::{By, CycleIn, Told, Trouble};
use crate::units::shown::{JobEnd, UnitEnd};
use crate::units::touched::is_unit_file;

impl Replayer<'_> {
    pub(super) fn follow(&mut self, index: usize, action: &Action) {
        match action {
            Action::WriteFile { path, content, .. } if is_unit_file(path) => {
                self.catalog.file(path.as_str(), content.as_str());
                self.replay.writers.insert(path.clone(), index);
                self.changed();
            }
            Action::Mask { path, ok: true, .. } => {
                self.catalog.link(path.as_str(), "/dev/null");
                self.replay.writers.insert(path.clone(), index);
                self.changed();
            }
            Action::Unmask { path, result: Unmasked::Removed, .. } => {
                self.catalog.remove(path);
                self.changed();
            }
            Action::Enable { units, runtime, .. } => {
                for unit in units {
                    self.changed();
                    let links = enable(&self.catalog, unit, *runtime, self.replay.release, &self.effort);
                    for link in links.into_iter().flatten() {
                        self.catalog.link(link.path, link.target);
                    }
                }
            }
            Action::UnitCommand { command, unit, .. } => self.command(index, command, unit),
            _ => {}
        }
    }

    fn command(&mut self, effect: usize, command: &str, unit: &str) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(node) = graph.find(unit) else { return };
        let name = graph.unit(node).name.clone();
        let is_active = self.active.contains(&name);
        let can_reload = graph.unit(node).value("Service", "ExecReload").is_some();
        let Some(verb) = Verb::of_command(command, is_active, can_reload) else { return };
        // The program's own jobs wait for it, and so for this one.
        let is_run = self.boot.runs.iter().any(|run| run.unit == name && run.effects.start > effect);
        if is_run {
            self.commanded(effect, name, verb, JobEnd::Done);
            self.wave += 1;
            return;
        }
        if self.stopped.is_some() {
            self.commanded(effect, name, verb, JobEnd::NotReached);
            return;
        }
        let held: BTreeSet<NodeId> = self.held.iter().filter_map(|unit| graph.find(unit)).collect();
        let state = self.state.take().unwrap_or_else(|| self.state_in(graph));
        let planned = transaction::plan(graph, node, verb, &state, &self.effort);
        self.state = Some(state);
        match planned {
            Err(Refusal::Effort) => {}
            Err(refusal) => {
                let unit = unit.to_owned();
                self.commanded(effect, unit.clone(), verb, JobEnd::Failed);
                self.end_as(&unit, UnitEnd::Failed);
                // Of a unit that is not known here, the image may know more.
                let is_perhaps_there = match refusal {
                    Refusal::Unit { trouble: transaction::Trouble::NotFound(node), .. } => {
                        !self.boot.image.gone.contains(&self.replay.graphs[index].unit(node).name.as_str())
                    }
                    _ => false,
                };
                if !is_perhaps_there {
                    self.stopped = self.held.last().cloned();
                }
                self.replay.troubles.push(Trouble::Refused { refusal, graph: index, effect, unit });
            }
            Ok(transaction) => match transaction.waits_forever(graph, &held) {
                Some(chain) => {
                    let held = self.held.last().cloned();
                    self.commanded(effect, name.clone(), verb, JobEnd::Waiting);
                    self.end_as(&name, UnitEnd::Waiting);
                    self.stopped.clone_from(&held);
                    self.wave += 1;
                    let held = held.unwrap_or_default();
                    self.replay.troubles.push(Trouble::Waits { chain, graph: index, effect, held });
                }
                None => {
                    let cycle = |cycle: &transaction::Cycle| {
                        let cycle = cycle.clone();
                        Trouble::Cycle { cycle, graph: index, found: CycleIn::Jobs }
                    };
                    self.replay.troubles.extend(transaction.cycles.iter().map(cycle));
                    self.tell(&transaction, index, &By::Command(effect), |_, _| true);
                }
            },
        }
    }

    /// Notes the job that a command asks for.
    fn commanded(&mut self, effect: usize, unit: String, verb: Verb, end: JobEnd) {
        let (verb, by, wave) = (verb_name(verb), By::Command(effect), self.wave);
        self.replay.jobs.push(Told { unit, verb, by, wave, end, effect: Some(effect) });
    }

    /// Notes the jobs of a transaction and what becomes of the units.
    pub(super) fn tell(
        &mut self,
        transaction: &Transaction,
        graph: usize,
        by: &By,
        wanted: impl Fn(&str, &BTreeSet<String>) -> bool,
    ) {
        let first = self.wave;
        let effect = match by {
            By::Command(effect) => Some(*effect),
            By::Boot | By::Unit(_) => None,
        };
        for job in &transaction.jobs {
            let units = &self.replay.graphs[graph];
            let unit = units.unit(job.unit).name.clone();
            if !wanted(&unit, &self.pending) {
                continue;
            }
            let pulled_by = job.cause.map(|edge| {
                let edge = units.edge(edge);
                let other = if edge.from == job.unit { edge.to } else { edge.from };
                By::Unit(units.unit(other).name.clone())
            });
            let fails = job.outcome != Outcome::Runs;
            let end = if fails { JobEnd::Failed } else { JobEnd::Done };
            let wave = first + job.wave;
            self.wave = self.wave.max(wave + 1);
            let (verb, by) = (verb_name(job.action), pulled_by.unwrap_or_else(|| by.clone()));
            self.replay.jobs.push(Told { unit: unit.clone(), verb, by, wave, end, effect });
            match job.action {
                _ if fails => {
                    self.end_as(&unit, UnitEnd::Failed);
                    let trouble = Trouble::Fails { unit, outcome: job.outcome, graph };
                    self.replay.troubles.push(trouble);
                }
                Verb::Start | Verb::Restart => self.activate(&unit),
                Verb::Stop => self.deactivate(&unit),
                Verb::Reload | Verb::VerifyActive => {}
            }
        }
    }
}
