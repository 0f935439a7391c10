//! Cycles that no transaction of this boot meets: those of units that are started one after the
//! other.

use std::collections::{BTreeSet, HashMap, HashSet};

use dryboot_systemd::Effort;
use dryboot_systemd::graph::{Graph, NodeId};
use dryboot_systemd::transaction::{self, Action as Verb, Cycle, Refusal, State};

use super::devices::devices;
use super::replayed::{CycleIn, Replay, Trouble};

/// The cycles among the units that the boot touches, in the graph of this index.
pub(super) fn asleep(replay: &Replay, index: usize, effort: &Effort) -> Vec<Trouble> {
    let graph = &replay.graphs[index];
    let knotted = knotted(graph);
    let touched = replay.touched.iter().filter_map(|name| graph.find(name));
    let suspects: Vec<NodeId> = touched.filter(|node| knotted.contains(node)).collect();
    if suspects.is_empty() {
        return Vec::new();
    }
    let state = State { active: devices(graph).collect(), ..State::default() };
    let mut known: HashSet<BTreeSet<&str>> =
        replay.troubles.iter().filter_map(|it| known(replay, it)).collect();
    let mut asleep = Vec::new();
    // Who starts a unit of a cycle meets the same cycle as who starts another of it.
    let mut met: HashSet<NodeId> = HashSet::new();
    for node in suspects {
        if met.contains(&node) || effort.is_exhausted() {
            continue;
        }
        let cycles = match transaction::plan(graph, node, Verb::Start, &state, effort) {
            Ok(transaction) => transaction.cycles,
            Err(Refusal::Cycle(cycle)) => vec![cycle],
            Err(Refusal::Unit { .. } | Refusal::Effort) => Vec::new(),
        };
        for cycle in cycles {
            met.extend(cycle.steps.iter().map(|&(node, _)| node));
            if known.insert(units(&cycle, graph)) {
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
fn knotted(graph: &Graph) -> HashSet<NodeId> {
    let earlier = |node| graph.earlier(node).map(|(_, other)| other);
    let later = |node| graph.later(node).map(|(_, other)| other);
    let mut left: HashMap<NodeId, (usize, usize)> =
        graph.nodes().map(|(node, _)| (node, (earlier(node).count(), later(node).count()))).collect();
    let is_end = |&(before, after): &(usize, usize)| before == 0 || after == 0;
    let mut ends: Vec<NodeId> =
        left.iter().filter(|(_, counts)| is_end(counts)).map(|(node, _)| *node).collect();
    while let Some(node) = ends.pop() {
        if left.remove(&node).is_none() {
            continue;
        }
        for other in earlier(node) {
            if let Some(counts) = left.get_mut(&other) {
                counts.1 -= 1;
                ends.extend(is_end(counts).then_some(other));
            }
        }
        for other in later(node) {
            if let Some(counts) = left.get_mut(&other) {
                counts.0 -= 1;
                ends.extend(is_end(counts).then_some(other));
            }
        }
    }
    left.into_keys().collect()
}
