//! What starting or stopping a unit does: the jobs that it takes, their order, and what becomes of
//! them; as systemd's `transaction.c` and `job.c` have it.

mod jobs;
mod order;
mod outcome;
mod settle;

use std::collections::BTreeSet;

use crate::Effort;
use crate::graph::{EdgeId, Graph, NodeId};
use crate::load::LoadState;

pub use outcome::Outcome;

/// What a job does with its unit. Of two that go together, the later here includes the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Fails unless it is active (`Requisite=`).
    VerifyActive,
    /// Has it read its configuration anew.
    Reload,
    /// Starts it.
    Start,
    /// Stops it.
    Stop,
    /// Stops it, if it is active, and starts it.
    Restart,
}

impl Action {
    /// What a command of `systemctl`, such as `reload-or-restart`, comes to for a unit in this
    /// state; none when it does nothing, or is no such command.
    #[must_use]
    pub fn of_command(command: &str, active: bool, can_reload: bool) -> Option<Self> {
        let reload = if can_reload { Self::Reload } else { Self::Restart };
        match command {
            "start" => Some(Self::Start),
            "stop" => Some(Self::Stop),
            "restart" => Some(Self::Restart),
            "reload" => Some(Self::Reload),
            "try-restart" => active.then_some(Self::Restart),
            "reload-or-restart" => Some(if active { reload } else { Self::Start }),
            "reload-or-try-restart" => active.then_some(reload),
            _ => None,
        }
    }

    /// Whether the unit is stopped, at first.
    fn stops(self) -> bool {
        matches!(self, Self::Stop | Self::Restart)
    }
}

/// How the units stand when a transaction begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The active ones. Of a device, that it exists.
    pub active: BTreeSet<NodeId>,
    /// Jobs of earlier transactions that have not finished.
    pub pending: Vec<(NodeId, Action)>,
    /// Units that are known to fail when they are started.
    pub failing: BTreeSet<NodeId>,
}

/// A job of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The unit.
    pub unit: NodeId,
    /// What is done.
    pub action: Action,
    /// The first dependency that pulled it in; none for what was asked for.
    pub cause: Option<EdgeId>,
    /// The number of jobs, at most, that have to run one after the other before this one.
    pub wave: usize,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// A unit that is not taken in, although something wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The dependencies that lead to the trouble: the first is the one that is given up.
    pub path: Vec<EdgeId>,
    /// The trouble.
    pub trouble: Trouble,
}

/// Why a unit cannot take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It has no file.
    NotFound(NodeId),
    /// It is masked.
    Masked(NodeId),
    /// systemd refuses its file.
    BadSetting(NodeId),
    /// It cannot be started or stopped on demand (`RefuseManualStart=` or `RefuseManualStop=`).
    Manual(NodeId),
    /// It would have to be started and stopped.
    Conflict(NodeId),
}

/// Units each of which has to be started before the next, and the last before the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The units, each with the dependency that orders it before the next.
    pub steps: Vec<(NodeId, EdgeId)>,
    /// The unit whose job is left out to break the cycle; none when no job can be spared, so that
    /// nothing is done at all.
    pub deleted: Option<NodeId>,
}

/// Why nothing is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A unit is in the way.
    Unit {
        /// The dependencies that lead there; empty when it is the unit that was asked for.
        path: Vec<EdgeId>,
        /// What is wrong with it.
        trouble: Trouble,
    },
    /// The order has a cycle, and each of its jobs is needed.
    Cycle(Cycle),
    /// Not systemd refuses, but the [`Effort`] is exhausted: what systemd does is not known.
    Effort,
}

/// What a request comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The jobs, in an order in which they can run: each after all that it waits for.
    pub jobs: Vec<Job>,
    /// What is wanted, and cannot take part.
    pub ignored: Vec<Ignored>,
    /// Cycles in the order that were broken.
    pub cycles: Vec<Cycle>,
    asked: NodeId,
    pending: Vec<(NodeId, Action)>,
}

/// A job that waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The unit whose job waits.
    pub unit: NodeId,
    /// The unit whose job is waited for.
    pub on: NodeId,
    /// The dependency that orders them.
    pub edge: EdgeId,
}

impl Transaction {
    /// The job for a unit.
    #[must_use]
    pub fn job(&self, unit: NodeId) -> Option<&Job> {
        self.jobs.iter().find(|job| job.unit == unit)
    }

    /// Why what was asked for never happens, when the jobs of `held` units do not finish before it
    /// has: it waits for one of them. The chain begins at the unit that was asked for, and is empty
    /// when that is held itself.
    ///
    /// So it is with a service that asks for a unit and waits, while it is held itself: the unit is
    /// ordered after a target that is ordered after the service.
    #[must_use]
    pub fn waits_forever(&self, graph: &Graph, held: &BTreeSet<NodeId>) -> Option<Vec<Wait>> {
        self.waits_for(graph, self.asked, held)
    }

    /// How the job of a unit waits for one of others, directly or not; an empty chain when it is one.
    #[must_use]
    pub fn waits_for(&self, graph: &Graph, unit: NodeId, others: &BTreeSet<NodeId>) -> Option<Vec<Wait>> {
        self.order(graph).chain(unit, others)
    }

    /// How the units stand while the job of `unit` runs, if `before` is how they stood: its own job
    /// and all that wait for it are pending, everything else has come to its end.
    #[must_use]
    pub fn while_running(&self, graph: &Graph, unit: NodeId, before: &State) -> State {
        let waiting = self.order(graph).waiting(unit);
        let mut state = before.clone();
        state.pending = self.pending.iter().copied().filter(|(unit, _)| waiting.contains(unit)).collect();
        for job in &self.jobs {
            if waiting.contains(&job.unit) {
                state.pending.push((job.unit, job.action));
            } else if job.action == Action::Stop {
                state.active.remove(&job.unit);
            } else if job.outcome == Outcome::Runs {
                state.active.insert(job.unit);
            }
        }
        state
    }

    fn order(&self, graph: &Graph) -> order::Order {
        let own = self.jobs.iter().map(|job| (job.unit, job.action));
        order::Order::new(graph, own.chain(self.pending.iter().copied()))
    }
}

/// What a request for `unit` comes to. The order of everything depends on the graph alone.
///
/// # Errors
/// When systemd refuses, so that nothing is done.
pub fn plan(
    graph: &Graph,
    unit: NodeId,
    action: Action,
    state: &State,
    effort: &Effort,
) -> Result<Transaction, Refusal> {
    let manual = match action {
        Action::Stop => "RefuseManualStop",
        _ => "RefuseManualStart",
    };
    if graph.unit(unit).flag("Unit", manual, false) && action != Action::Reload {
        return Err(Refusal::Unit { path: Vec::new(), trouble: Trouble::Manual(unit) });
    }
    let is_there = graph.unit(unit).state != LoadState::NotFound || state.active.contains(&unit);
    if action == Action::Stop && !is_there {
        // "Unit … not loaded."
        return Err(Refusal::Unit { path: Vec::new(), trouble: Trouble::NotFound(unit) });
    }
    let mut jobs = jobs::Jobs::new(graph, state, effort);
    jobs.add(unit, action).map_err(|(path, trouble)| Refusal::Unit { path, trouble })?;
    jobs.drop_redundant();
    jobs.collect_garbage();
    jobs.merge().map_err(|trouble| Refusal::Unit { path: Vec::new(), trouble })?;
    let cycles = jobs.break_cycles().map_err(Refusal::Cycle)?;
    jobs.drop_redundant();
    let pending: Vec<_> = state.pending.iter().copied().filter(|(node, _)| !jobs.has(*node)).collect();
    let order = order::Order::new(
        graph,
        jobs.alive().map(|job| (job.unit, job.action)).chain(pending.iter().copied()),
    );
    effort.spend(order.size());
    let (sequence, waves) = order.waves();
    let outcomes = outcome::outcomes(graph, state, &order, &sequence, effort);
    if effort.is_exhausted() {
        return Err(Refusal::Effort);
    }
    let alive: Vec<&jobs::Working> = jobs.alive().collect();
    let jobs_in_order = sequence.iter().filter_map(|&index| {
        let job = alive.get(index)?;
        let (wave, outcome) = (waves[index], outcomes[index]);
        Some(Job { unit: job.unit, action: job.action, cause: job.cause(), wave, outcome })
    });
    Ok(Transaction {
        jobs: jobs_in_order.collect(),
        ignored: jobs.ignored.clone(),
        cycles,
        asked: unit,
        pending,
    })
}
