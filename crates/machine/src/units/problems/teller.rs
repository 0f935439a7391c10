//! What sentences about a boot are made from.

use std::collections::{BTreeMap, HashSet};

use dryboot_systemd::graph::{Graph, NodeId};
use dryboot_systemd::transaction;

use crate::units::boot::Boot;
use crate::units::replayed::Replay;

/// Nobody reads more.
pub(super) const MOST: usize = 200;

/// Says what is wrong in one boot.
pub(super) struct Teller<'r> {
    pub(super) boot: &'r Boot<'r>,
    pub(super) replay: &'r Replay,
    pub(super) index: &'r BTreeMap<&'r str, usize>,
}

impl Teller<'_> {
    pub(super) fn at(&self, graph: &Graph, nodes: impl IntoIterator<Item = NodeId>) -> Vec<usize> {
        let found =
            nodes.into_iter().filter_map(|node| self.index.get(graph.unit(node).name.as_str()).copied());
        let mut known = HashSet::new();
        found.filter(|index| known.insert(*index)).collect()
    }
}

pub(super) fn name(graph: &Graph, node: NodeId) -> String {
    graph.unit(node).name.clone()
}

pub(super) fn culprit(trouble: transaction::Trouble) -> NodeId {
    match trouble {
        transaction::Trouble::NotFound(node)
        | transaction::Trouble::Masked(node)
        | transaction::Trouble::BadSetting(node)
        | transaction::Trouble::Manual(node)
        | transaction::Trouble::Conflict(node) => node,
    }
}
