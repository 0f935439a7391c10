//! Which job waits for which (`job_compare` in systemd's source).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Action, Wait};
use crate::Effort;
use crate::graph::{EdgeId, Graph, NodeId};

/// Jobs, one for each unit, with what each waits for.
pub(super) struct Order {
    jobs: Vec<(NodeId, Action)>,
    index: BTreeMap<NodeId, usize>,
    /// For each job, the jobs that wait for it.
    next: Vec<Vec<(usize, EdgeId)>>,
    /// For each job, the jobs that it waits for.
    before: Vec<Vec<(usize, EdgeId)>>,
    looked_at: usize,
}

/// What a search for a cycle comes to.
pub(super) enum Search {
    None,
    /// Jobs, each before the next.
    Cycle(Vec<(usize, EdgeId)>),
}

impl Order {
    pub(super) fn new(graph: &Graph, jobs: impl Iterator<Item = (NodeId, Action)>) -> Self {
        let jobs: Vec<_> = jobs.collect();
        let index: BTreeMap<NodeId, usize> =
            jobs.iter().enumerate().map(|(at, (unit, _))| (*unit, at)).collect();
        let mut next = vec![Vec::new(); jobs.len()];
        let mut before = vec![Vec::new(); jobs.len()];
        let mut looked_at = 0;
        for (first, &(unit, _)) in jobs.iter().enumerate() {
            looked_at += graph.degree(unit);
            for (edge, later) in graph.later(unit) {
                let Some(&second) = index.get(&later) else { continue };
                // What is stopped goes first, whatever the order.
                let (first, second) = if jobs[second].1.stops() { (second, first) } else { (first, second) };
                next[first].push((second, edge));
                before[second].push((first, edge));
            }
        }
        Self { jobs, index, next, before, looked_at }
    }

    /// How many jobs there are, and dependencies that were looked at.
    pub(super) fn size(&self) -> usize {
        self.jobs.len() + self.looked_at
    }

    pub(super) fn unit(&self, index: usize) -> NodeId {
        self.jobs[index].0
    }

    pub(super) fn job(&self, index: usize) -> (NodeId, Action) {
        self.jobs[index]
    }

    pub(super) fn index(&self, unit: NodeId) -> Option<usize> {
        self.index.get(&unit).copied()
    }

    /// The first cycle, by a search in depth without recursion.
    pub(super) fn find_cycle(&self) -> Search {
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            New,
            OnPath,
            Done,
        }
        let mut marks = vec![Mark::New; self.jobs.len()];
        for start in 0..self.jobs.len() {
            if marks[start] != Mark::New {
                continue;
            }
            marks[start] = Mark::OnPath;
            // Each job on the path, with the next one of its successors.
            let mut path = vec![(start, 0)];
            while let Some((job, at)) = path.last_mut() {
                let Some(&(next, _)) = self.next[*job].get(*at) else {
                    marks[*job] = Mark::Done;
                    path.pop();
                    continue;
                };
                *at += 1;
                match marks[next] {
                    Mark::Done => {}
                    Mark::New => {
                        marks[next] = Mark::OnPath;
                        path.push((next, 0));
                    }
                    Mark::OnPath => {
                        let from = path.iter().position(|(job, _)| *job == next).unwrap_or(0);
                        let steps = path[from..].iter().map(|&(job, at)| (job, self.next[job][at - 1].1));
                        return Search::Cycle(steps.collect());
                    }
                }
            }
        }
        Search::None
    }

    /// The jobs in an order in which they can run, and for each how many come before it at least.
    pub(super) fn waves(&self) -> (Vec<usize>, Vec<usize>) {
        let mut missing: Vec<usize> = self.before.iter().map(Vec::len).collect();
        let mut waves = vec![0; self.jobs.len()];
        let mut queue: VecDeque<usize> = (0..self.jobs.len()).filter(|&job| missing[job] == 0).collect();
        let mut sequence = Vec::with_capacity(self.jobs.len());
        while let Some(job) = queue.pop_front() {
            sequence.push(job);
            for &(next, _) in &self.next[job] {
                waves[next] = waves[next].max(waves[job] + 1);
                missing[next] -= 1;
                if missing[next] == 0 {
                    queue.push_back(next);
                }
            }
        }
        // Jobs of earlier transactions that wait for each other.
        let stuck = (0..self.jobs.len()).filter(|&job| missing[job] > 0);
        sequence.extend(stuck);
        sequence.sort_by_key(|&job| (waves[job], job));
        (sequence, waves)
    }

    /// How the job of a unit waits for that of one of others: the shortest way, which has no step
    /// when the unit is one of them.
    pub(super) fn chain(&self, unit: NodeId, others: &BTreeSet<NodeId>) -> Option<Vec<Wait>> {
        let start = self.index(unit)?;
        if others.contains(&unit) {
            return Some(Vec::new());
        }
        let mut from: BTreeMap<usize, (usize, EdgeId)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(job) = queue.pop_front() {
            for &(first, edge) in &self.before[job] {
                if first == start || from.contains_key(&first) {
                    continue;
                }
                from.insert(first, (job, edge));
                if others.contains(&self.unit(first)) {
                    return Some(self.way(first, start, &from));
                }
                queue.push_back(first);
            }
        }
        None
    }

    /// Whether the job of a unit waits for that of another, directly or not.
    pub(super) fn waits(&self, unit: NodeId, other: NodeId, effort: &Effort) -> bool {
        let (Some(start), Some(end)) = (self.index(unit), self.index(other)) else { return false };
        let mut seen = BTreeSet::from([start]);
        let mut queue = VecDeque::from([start]);
        while let Some(job) = queue.pop_front() {
            if job == end {
                return true;
            }
            effort.spend(self.before[job].len());
            queue
                .extend(self.before[job].iter().map(|(first, _)| *first).filter(|first| seen.insert(*first)));
        }
        false
    }

    /// The unit, and all whose jobs wait for its job, directly or not.
    pub(super) fn waiting(&self, unit: NodeId) -> BTreeSet<NodeId> {
        let mut waiting = BTreeSet::new();
        let mut queue: Vec<usize> = self.index(unit).into_iter().collect();
        while let Some(job) = queue.pop() {
            if waiting.insert(self.unit(job)) {
                queue.extend(self.next[job].iter().map(|(next, _)| *next));
            }
        }
        waiting
    }

    fn way(&self, end: usize, start: usize, from: &BTreeMap<usize, (usize, EdgeId)>) -> Vec<Wait> {
        let mut waits = Vec::new();
        let mut on = end;
        while on != start {
            let Some(&(job, edge)) = from.get(&on) else { break };
            waits.push(Wait { unit: self.unit(job), on: self.unit(on), edge });
            on = job;
        }
        waits.reverse();
        waits
    }
}
