//! The jobs of a transaction while it is made.

use std::collections::BTreeMap;

use super::{Action, Ignored, State, Trouble};
use crate::Effort;
use crate::graph::{EdgeId, Graph, Kind, NodeId};
use crate::load::LoadState;
use crate::name;

/// A job, with the jobs that pull it in.
#[derive(Debug)]
pub(super) struct Working {
    pub(super) unit: NodeId,
    pub(super) action: Action,
    /// Who pulls it in; none for the request itself.
    pub(super) links: Vec<Option<Link>>,
    /// The jobs that it pulls in, and whether it cannot do without.
    pub(super) pulled: Vec<(usize, bool)>,
    pub(super) alive: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) by: usize,
    pub(super) edge: EdgeId,
    /// Whether the other cannot do without.
    pub(super) matters: bool,
    pub(super) conflicts: bool,
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
    pub(super) graph: &'g Graph,
    pub(super) state: &'g State,
    pub(super) all: Vec<Working>,
    pub(super) by_unit: BTreeMap<NodeId, Vec<usize>>,
    pub(super) ignored: Vec<Ignored>,
    pub(super) effort: &'g Effort,
}

/// Where adding goes on.
struct Frame {
    job: usize,
    pulls: std::vec::IntoIter<Pull>,
    /// The dependency that led here, and whether the job above cannot do without.
    led: Option<(EdgeId, bool)>,
}

impl<'g> Jobs<'g> {
    pub(super) fn new(graph: &'g Graph, state: &'g State, effort: &'g Effort) -> Self {
        Self { graph, state, all: Vec::new(), by_unit: BTreeMap::new(), ignored: Vec::new(), effort }
    }

    pub(super) fn alive(&self) -> impl Iterator<Item = &Working> {
        self.all.iter().filter(|job| job.alive)
    }

    pub(super) fn has(&self, unit: NodeId) -> bool {
        self.of(unit).next().is_some()
    }

    pub(super) fn of(&self, unit: NodeId) -> impl Iterator<Item = usize> {
        let jobs = self.by_unit.get(&unit).into_iter().flatten().copied();
        jobs.filter(|&job| self.all[job].alive)
    }

    /// Adds a job and everything that it pulls in, without recursion.
    pub(super) fn add(&mut self, unit: NodeId, action: Action) -> Result<(), (Vec<EdgeId>, Trouble)> {
        let job = self.one(unit, action, None).map_err(|trouble| (Vec::new(), trouble))?.0;
        let mut frames = vec![self.frame(job, None)];
        while let Some(frame) = frames.last_mut().filter(|_| !self.effort.is_exhausted()) {
            self.effort.spend(1);
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
            self.all[link.by].pulled.push((job, link.matters));
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
        self.effort.spend(self.graph.degree(unit));
        pulls
    }
}

/// Whether nothing but an event from outside makes this unit active.
pub(super) fn is_device(graph: &Graph, unit: NodeId) -> bool {
    name::suffix(&graph.unit(unit).name) == "device"
}
