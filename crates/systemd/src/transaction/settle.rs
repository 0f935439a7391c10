//! What is dropped from a transaction before it runs.

use std::collections::BTreeMap;

use super::jobs::{Jobs, Link, Working};
use super::order::{Order, Search};
use super::{Action, Cycle, Trouble};
use crate::graph::NodeId;

impl Jobs<'_> {
    /// Drops jobs for what is so already; what they pull in goes with them when nothing else does.
    pub(super) fn drop_redundant(&mut self) {
        self.effort.spend(self.all.len());
        let mut pending: BTreeMap<NodeId, (bool, bool)> = BTreeMap::new();
        for (unit, job) in &self.state.pending {
            let (starts, stops) = pending.entry(*unit).or_default();
            *if job.stops() { stops } else { starts } = true;
        }
        for job in 1..self.all.len() {
            let Working { unit, action, .. } = self.all[job];
            let active = self.state.active.contains(&unit);
            let redundant = match action {
                Action::Start | Action::VerifyActive => active,
                Action::Stop => !active,
                Action::Reload | Action::Restart => false,
            };
            let (starts, stops) = pending.get(&unit).copied().unwrap_or_default();
            let under_way = if action.stops() { starts } else { stops };
            // Together with another job for the unit, it may not be redundant.
            if redundant && !under_way && self.of(unit).all(|other| self.all[other].action == action) {
                self.all[job].alive = false;
            }
        }
    }

    /// Drops jobs that nothing pulls in any more.
    pub(super) fn collect_garbage(&mut self) {
        let is_pulled = |link: &&Option<Link>| link.is_none_or(|link| self.all[link.by].alive);
        let mut pulls: Vec<usize> =
            self.all.iter().map(|job| job.links.iter().filter(is_pulled).count()).collect();
        self.effort.spend(self.all.iter().map(|job| 1 + job.links.len()).sum());
        let mut queue: Vec<usize> = (0..self.all.len()).filter(|&job| pulls[job] == 0).collect();
        while let Some(job) = queue.pop() {
            if std::mem::replace(&mut self.all[job].alive, false) {
                for &(other, _) in &self.all[job].pulled {
                    pulls[other] = pulls[other].saturating_sub(1);
                    if pulls[other] == 0 {
                        queue.push(other);
                    }
                }
            }
        }
    }

    /// Drops a job, and those that cannot do without.
    fn delete(&mut self, job: usize) {
        let mut queue = vec![job];
        while let Some(job) = queue.pop() {
            if std::mem::replace(&mut self.all[job].alive, false) {
                let links = self.all[job].links.iter().flatten();
                queue.extend(links.filter(|link| link.matters).map(|link| link.by));
            }
        }
    }

    /// The jobs without which the request cannot be met.
    fn needed(&self) -> Vec<bool> {
        let mut needed = vec![false; self.all.len()];
        let mut queue = vec![0];
        while let Some(job) = queue.pop() {
            if std::mem::replace(&mut needed[job], true) {
                continue;
            }
            self.effort.spend(1 + self.all[job].pulled.len());
            let pulled = self.all[job].pulled.iter();
            queue.extend(pulled.filter(|(_, matters)| *matters).map(|(other, _)| *other));
        }
        needed
    }

    /// Leaves one job for each unit.
    pub(super) fn merge(&mut self) -> Result<(), Trouble> {
        let units: Vec<NodeId> =
            self.by_unit.iter().filter(|(_, jobs)| jobs.len() > 1).map(|(unit, _)| *unit).collect();
        let needed = self.needed();
        for unit in units {
            while !self.effort.is_exhausted() {
                let jobs: Vec<usize> = self.of(unit).collect();
                let stop = jobs.iter().copied().find(|&job| self.all[job].action == Action::Stop);
                let other = jobs.iter().copied().find(|&job| self.all[job].action != Action::Stop);
                let (Some(stop), Some(other)) = (stop, other) else { break };
                let conflicted = self.all[stop].links.iter().flatten().any(|link| link.conflicts);
                let victim = match (needed[stop], needed[other]) {
                    (true, true) => return Err(Trouble::Conflict(unit)),
                    (true, false) => other,
                    (false, true) => stop,
                    // Rather start than stop, unless something conflicts with it.
                    (false, false) => {
                        if conflicted {
                            other
                        } else {
                            stop
                        }
                    }
                };
                self.delete(victim);
                self.collect_garbage();
            }
            let jobs: Vec<usize> = self.of(unit).collect();
            let Some((&first, rest)) = jobs.split_first() else { continue };
            let mut action = self.all[first].action;
            for &job in rest {
                action = action.max(self.all[job].action);
                let links = std::mem::take(&mut self.all[job].links);
                for link in links.iter().flatten() {
                    self.all[link.by].pulled.push((first, link.matters));
                }
                self.all[first].links.extend(links);
                let pulled = std::mem::take(&mut self.all[job].pulled);
                for &(other, _) in &pulled {
                    self.effort.spend(self.all[other].links.len());
                    for link in self.all[other].links.iter_mut().flatten().filter(|link| link.by == job) {
                        link.by = first;
                    }
                }
                self.all[first].pulled.extend(pulled);
                self.all[job].alive = false;
            }
            self.all[first].action = action;
        }
        Ok(())
    }

    /// Drops jobs until the order has no cycle.
    pub(super) fn break_cycles(&mut self) -> Result<Vec<Cycle>, Cycle> {
        let mut cycles = Vec::new();
        while !self.effort.is_exhausted() {
            let alive: Vec<usize> = (0..self.all.len()).filter(|&job| self.all[job].alive).collect();
            let own = alive.iter().map(|&job| (self.all[job].unit, self.all[job].action));
            let pending = self.state.pending.iter().copied().filter(|(unit, _)| !self.has(*unit));
            let order = Order::new(self.graph, own.chain(pending));
            self.effort.spend(order.size());
            let Search::Cycle(steps) = order.find_cycle() else { return Ok(cycles) };
            let needed = self.needed();
            // systemd goes back from the end of the cycle to the first job that can be spared.
            let spared = steps.iter().rev().map(|&(index, _)| index);
            let deleted = spared.filter_map(|index| alive.get(index).copied()).find(|&job| !needed[job]);
            let steps = steps.iter().map(|&(index, edge)| (order.unit(index), edge)).collect();
            let cycle = Cycle { steps, deleted: deleted.map(|job| self.all[job].unit) };
            let Some(deleted) = deleted else { return Err(cycle) };
            cycles.push(cycle);
            self.delete(deleted);
            self.collect_garbage();
        }
        Ok(cycles)
    }
}
