//! Devices: it is not known here whether the machine has them.

use dryboot_systemd::graph::{Graph, NodeId};
use dryboot_systemd::name;

/// All devices of a graph. Most often the machine has them.
pub(super) fn devices(graph: &Graph) -> impl Iterator<Item = NodeId> + '_ {
    graph.nodes().filter(|(_, unit)| name::suffix(&unit.name) == "device").map(|(node, _)| node)
}
