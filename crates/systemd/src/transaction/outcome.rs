use std::collections::BTreeSet;

use super::jobs::is_device;
use super::order::Order;
use super::{Action, State};
use crate::Effort;
use crate::graph::{EdgeId, Graph, Kind, NodeId};

/// What becomes of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It runs.
    Runs,
    /// The unit is among those that are known to fail.
    Fails,
    /// Nothing announces the device: after 90 seconds, the job fails.
    NoDevice,
    /// The unit is not active, and is not to be started.
    NotActive,
    /// It never begins, since the job for a unit that this dependency needs has failed.
    Dependency(EdgeId),
}

/// What becomes of each job; they are taken in the order in which they run.
pub(super) fn outcomes(
    graph: &Graph,
    state: &State,
    order: &Order,
    sequence: &[usize],
    effort: &Effort,
) -> Vec<Outcome> {
    let mut failed: BTreeSet<NodeId> = BTreeSet::new();
    let mut outcomes = vec![Outcome::Runs; sequence.len()];
    for &index in sequence {
        if effort.is_exhausted() {
            break;
        }
        let (unit, action) = order.job(index);
        let active = state.active.contains(&unit);
        let outcome = match action {
            Action::Stop | Action::Reload => continue,
            Action::VerifyActive if active => continue,
            Action::VerifyActive => Outcome::NotActive,
            Action::Start | Action::Restart => {
                let needs = graph.outgoing(unit).filter(|(_, edge)| {
                    matches!(edge.kind, Kind::Requires | Kind::Requisite | Kind::BindsTo)
                        && failed.contains(&edge.to)
                });
                // Without an order, it has begun before the other fails.
                let mut waits = needs.filter(|(_, edge)| order.waits(unit, edge.to, effort));
                if let Some((edge, _)) = waits.next() {
                    Outcome::Dependency(edge)
                } else if is_device(graph, unit) && !active {
                    Outcome::NoDevice
                } else if state.failing.contains(&unit) {
                    Outcome::Fails
                } else {
                    continue;
                }
            }
        };
        if let Some(slot) = outcomes.get_mut(index) {
            *slot = outcome;
        }
        failed.insert(unit);
    }
    outcomes
}
