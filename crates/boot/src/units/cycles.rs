//! Cycles that no transaction of this boot meets: those of units that are started one after the
//! other.

use std::collections::BTreeSet;

use dryboot_systemd::graph::{Graph, NodeId};
use dryboot_systemd::transaction::{self, Action as Verb, Cycle, Refusal, State};

use super::replay::devices;
use super::replayed::{CycleIn, Replay, Trouble};

/// The cycles among the units that the boot touches, in the graph of this index.
pub(super) fn asleep(replay: &Replay, index: usize) -> Vec<Trouble> {
    let graph = &replay.graphs[index];
    let knotted = knotted(graph);
    let touched = replay.touched.iter().filter_map(|name| graph.find(name));
    let suspects: Vec<NodeId> = touched.filter(|node| knotted.contains(node)).collect();
    if suspects.is_empty() {
        return Vec::new();
    }
    let state = State { active: devices(graph).collect(), ..State::default() };
    let mut known: Vec<BTreeSet<&str>> = replay.troubles.iter().filter_map(|it| known(replay, it)).collect();
    let mut asleep = Vec::new();
    for node in suspects {
        let cycles = match transaction::plan(graph, node, Verb::Start, &state) {
            Ok(transaction) => transaction.cycles,
            Err(Refusal::Cycle(cycle)) => vec![cycle],
            Err(Refusal::Unit { .. }) => Vec::new(),
        };
        for cycle in cycles {
            let units = units(&cycle, graph);
            if !known.contains(&units) {
                known.push(units);
                asleep.push(Trouble::Cycle { cycle, graph: index, found: CycleIn::Units });
            }
        }
    }
    asleep
}

/// The units of a cycle that has been met.
fn known<'r>(replay: &'r Replay, trouble: &'r Trouble) -> Option<BTreeSet<&'r str>> {
    match trouble {
        Trouble::Cycle { cycle, graph, .. }
        | Trouble::Refused { refusal: Refusal::Cycle(cycle), graph, .. } => {
            Some(units(cycle, &replay.graphs[*graph]))
        }
        _ => None,
    }
}

fn units<'g>(cycle: &Cycle, graph: &'g Graph) -> BTreeSet<&'g str> {
    cycle.steps.iter().map(|&(node, _)| graph.unit(node).name.as_str()).collect()
}

/// The units on cycles of the order, and those between two of them: what is left when first and last
/// units are taken away until there are none.
fn knotted(graph: &Graph) -> BTreeSet<NodeId> {
    let mut left: BTreeSet<NodeId> = graph.nodes().map(|(node, _)| node).collect();
    loop {
        let is_end = |node: &NodeId| {
            let before = graph.earlier(*node).any(|(_, other)| left.contains(&other));
            let after = graph.later(*node).any(|(_, other)| left.contains(&other));
            !(before && after)
        };
        let ends: Vec<NodeId> = left.iter().copied().filter(is_end).collect();
        if ends.is_empty() {
            return left;
        }
        ends.iter().for_each(|node| {
            left.remove(node);
        });
    }
}
