//! The jobs of a transaction while it is made.

use std::collections::BTreeMap;

use super::order::{Order, Search};
use super::{Action, Cycle, Ignored, State, Trouble};
use crate::graph::{EdgeId, Graph, Kind, NodeId};
use crate::load::LoadState;
use crate::name;

/// A job, with the jobs that pull it in.
#[derive(Debug)]
pub(super) struct Working {
    pub(super) unit: NodeId,
    pub(super) action: Action,
    /// Who pulls it in; none for the request itself.
    links: Vec<Option<Link>>,
    /// The jobs that it pulls in.
    pulled: Vec<usize>,
    alive: bool,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    by: usize,
    edge: EdgeId,
    /// Whether the other cannot do without.
    matters: bool,
    conflicts: bool,
}

/// What a job asks for.
struct Pull {
    unit: NodeId,
    action: Action,
    edge: EdgeId,
    matters: bool,
    conflicts: bool,
}

impl Working {
    pub(super) fn cause(&self) -> Option<EdgeId> {
        self.links.first().copied().flatten().map(|link| link.edge)
    }
}

pub(super) struct Jobs<'g> {
    graph: &'g Graph,
    state: &'g State,
    all: Vec<Working>,
    by_unit: BTreeMap<NodeId, Vec<usize>>,
    pub(super) ignored: Vec<Ignored>,
}

/// Where adding goes on.
struct Frame {
    job: usize,
    pulls: std::vec::IntoIter<Pull>,
    /// The dependency that led here, and whether the job above cannot do without.
    led: Option<(EdgeId, bool)>,
}

impl<'g> Jobs<'g> {
    pub(super) fn new(graph: &'g Graph, state: &'g State) -> Self {
        Self { graph, state, all: Vec::new(), by_unit: BTreeMap::new(), ignored: Vec::new() }
    }

    pub(super) fn alive(&self) -> impl Iterator<Item = &Working> {
        self.all.iter().filter(|job| job.alive)
    }

    pub(super) fn has(&self, unit: NodeId) -> bool {
        self.of(unit).next().is_some()
    }

    fn of(&self, unit: NodeId) -> impl Iterator<Item = usize> {
        let jobs = self.by_unit.get(&unit).into_iter().flatten().copied();
        jobs.filter(|&job| self.all[job].alive)
    }

    /// Adds a job and everything that it pulls in, without recursion.
    pub(super) fn add(&mut self, unit: NodeId, action: Action) -> Result<(), (Vec<EdgeId>, Trouble)> {
        let job = self.one(unit, action, None).map_err(|trouble| (Vec::new(), trouble))?.0;
        let mut frames = vec![self.frame(job, None)];
        while let Some(frame) = frames.last_mut() {
            let by = frame.job;
            let Some(pull) = frame.pulls.next() else {
                frames.pop();
                continue;
            };
            let Pull { edge, matters, conflicts, .. } = pull;
            match self.one(pull.unit, pull.action, Some(Link { by, edge, matters, conflicts })) {
                Ok((job, true)) => frames.push(self.frame(job, Some((edge, matters)))),
                Ok((_, false)) => {}
                Err(trouble) => {
                    // What cannot do without is given up, too, but stays where it was taken in.
                    let mut path = vec![edge];
                    let mut needed = matters;
                    while needed {
                        let Some(frame) = frames.pop() else { break };
                        let Some((edge, matters)) = frame.led else {
                            path.reverse();
                            return Err((path, trouble));
                        };
                        path.push(edge);
                        needed = matters;
                    }
                    path.reverse();
                    // Only to stop a unit is no trouble: it is not there to be stopped.
                    self.ignored.push(Ignored { path, trouble });
                }
            }
        }
        Ok(())
    }

    fn frame(&self, job: usize, led: Option<(EdgeId, bool)>) -> Frame {
        Frame { job, pulls: self.pulls(job).into_iter(), led }
    }

    /// Adds one job; and whether it is new.
    fn one(&mut self, unit: NodeId, action: Action, link: Option<Link>) -> Result<(usize, bool), Trouble> {
        if let (false, Some(trouble)) = (action == Action::Stop, self.trouble(unit)) {
            return Err(trouble);
        }
        let of_unit = self.by_unit.entry(unit).or_default();
        let known = of_unit.iter().copied().find(|&job| self.all[job].action == action);
        let job = known.unwrap_or_else(|| {
            self.all.push(Working { unit, action, links: Vec::new(), pulled: Vec::new(), alive: true });
            of_unit.push(self.all.len() - 1);
            self.all.len() - 1
        });
        self.all[job].links.push(link);
        if let Some(link) = link {
            self.all[link.by].pulled.push(job);
        }
        Ok((job, known.is_none()))
    }

    fn trouble(&self, unit: NodeId) -> Option<Trouble> {
        match self.graph.unit(unit).state {
            LoadState::Loaded => None,
            // A mount from elsewhere, such as the file system table.
            _ if self.state.active.contains(&unit) => None,
            LoadState::NotFound => Some(Trouble::NotFound(unit)),
            LoadState::Masked => Some(Trouble::Masked(unit)),
            LoadState::Refused { .. } => Some(Trouble::BadSetting(unit)),
        }
    }

    fn pulls(&self, job: usize) -> Vec<Pull> {
        let Working { unit, action, .. } = self.all[job];
        let mut pulls = Vec::new();
        let mut pull = |unit, action, edge, matters, conflicts| {
            pulls.push(Pull { unit, action, edge, matters, conflicts });
        };
        let of = |kinds: &'static [Kind]| {
            self.graph.outgoing(unit).filter(move |(_, edge)| kinds.contains(&edge.kind))
        };
        let on = |kinds: &'static [Kind]| {
            self.graph.incoming(unit).filter(move |(_, edge)| kinds.contains(&edge.kind))
        };
        if matches!(action, Action::Start | Action::Restart) {
            // In which order systemd takes these is not defined: what goes wrong comes last here.
            let (good, bad): (Vec<_>, Vec<_>) =
                of(&[Kind::Requires, Kind::BindsTo]).partition(|(_, edge)| self.trouble(edge.to).is_none());
            for (id, edge) in good.into_iter().chain(bad) {
                pull(edge.to, Action::Start, id, true, false);
            }
            for (id, edge) in of(&[Kind::Wants, Kind::Upholds]) {
                pull(edge.to, Action::Start, id, false, false);
            }
            for (id, edge) in of(&[Kind::Requisite]) {
                pull(edge.to, Action::VerifyActive, id, true, false);
            }
            for (id, edge) in of(&[Kind::Conflicts]) {
                pull(edge.to, Action::Stop, id, true, true);
            }
            for (id, edge) in on(&[Kind::Conflicts]) {
                pull(edge.from, Action::Stop, id, false, false);
            }
        }
        if action.stops() {
            let dependents = on(&[Kind::Requires, Kind::Requisite, Kind::BindsTo, Kind::PartOf]);
            let dependents = dependents.map(|(id, edge)| (id, edge.from));
            let others = of(&[Kind::PropagatesStopTo]).map(|(id, edge)| (id, edge.to));
            for (id, other) in dependents.chain(others) {
                // A restart is passed on to what is active alone.
                if action == Action::Stop || self.state.active.contains(&other) {
                    pull(other, action, id, true, false);
                }
            }
        }
        pulls
    }

    /// Drops jobs for what is so already; what they pull in goes with them when nothing else does.
    pub(super) fn drop_redundant(&mut self) {
        for job in 1..self.all.len() {
            let Working { unit, action, .. } = self.all[job];
            let active = self.state.active.contains(&unit);
            let redundant = match action {
                Action::Start | Action::VerifyActive => active,
                Action::Stop => !active,
                Action::Reload | Action::Restart => false,
            };
            let under_way =
                self.state.pending.iter().any(|(other, job)| *other == unit && job.stops() != action.stops());
            // Together with another job for the unit, it may not be redundant.
            if redundant && !under_way && self.of(unit).all(|other| self.all[other].action == action) {
                self.all[job].alive = false;
            }
        }
    }

    /// Drops jobs that nothing pulls in any more.
    pub(super) fn collect_garbage(&mut self) {
        let mut queue: Vec<usize> = (0..self.all.len()).collect();
        while let Some(job) = queue.pop() {
            let is_pulled = |link: &Option<Link>| link.is_none_or(|link| self.all[link.by].alive);
            if self.all[job].alive && !self.all[job].links.iter().any(is_pulled) {
                self.all[job].alive = false;
                queue.extend(&self.all[job].pulled);
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
            let pulled = self.all[job].pulled.iter().copied();
            let matters = |other: &usize| {
                let mut links = self.all[*other].links.iter().flatten();
                links.any(|link| link.by == job && link.matters)
            };
            queue.extend(pulled.filter(matters));
        }
        needed
    }

    /// Leaves one job for each unit.
    pub(super) fn merge(&mut self) -> Result<(), Trouble> {
        let units: Vec<NodeId> =
            self.by_unit.iter().filter(|(_, jobs)| jobs.len() > 1).map(|(unit, _)| *unit).collect();
        let needed = self.needed();
        for unit in units {
            loop {
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
            // Of those that go together, the later in the list includes the earlier; a reload of
            // what is started is no reload.
            let mut action = self.all[first].action;
            for &job in rest {
                action = match (action, self.all[job].action) {
                    (Action::Start, Action::Reload) | (Action::Reload, Action::Start) => Action::Start,
                    (one, other) => one.max(other),
                };
                let links = std::mem::take(&mut self.all[job].links);
                self.all[first].links.extend(links);
                let pulled = std::mem::take(&mut self.all[job].pulled);
                for &other in &pulled {
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
        loop {
            let alive: Vec<usize> = (0..self.all.len()).filter(|&job| self.all[job].alive).collect();
            let own = alive.iter().map(|&job| (self.all[job].unit, self.all[job].action));
            let pending = self.state.pending.iter().copied().filter(|(unit, _)| !self.has(*unit));
            let order = Order::new(self.graph, own.chain(pending));
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
    }
}

/// Whether nothing but an event from outside makes this unit active.
pub(super) fn is_device(graph: &Graph, unit: NodeId) -> bool {
    name::suffix(&graph.unit(unit).name) == "device"
}
