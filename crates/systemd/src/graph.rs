//! What units have to do with each other: all units that are reached from some, and the
//! dependencies between them, written or not.

mod build;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::load::{Catalog, Unit};
use crate::{Effort, Release, Span};

/// A unit of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(usize);

/// A dependency of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(usize);

/// What a unit has to do with another, by the directive of that name (`systemd.unit(5)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "systemd's own names")]
pub enum Kind {
    Requires,
    Requisite,
    Wants,
    BindsTo,
    PartOf,
    Upholds,
    Conflicts,
    Before,
    After,
    OnFailure,
    OnSuccess,
    PropagatesStopTo,
    /// The unit starts the other when something happens: a timer, path, socket or automount.
    Triggers,
}

impl Kind {
    /// systemd's word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Requires => "Requires",
            Self::Requisite => "Requisite",
            Self::Wants => "Wants",
            Self::BindsTo => "BindsTo",
            Self::PartOf => "PartOf",
            Self::Upholds => "Upholds",
            Self::Conflicts => "Conflicts",
            Self::Before => "Before",
            Self::After => "After",
            Self::OnFailure => "OnFailure",
            Self::OnSuccess => "OnSuccess",
            Self::PropagatesStopTo => "PropagatesStopTo",
            Self::Triggers => "Triggers",
        }
    }
}

/// Why there is a dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is written in a file of the unit that it comes from, or of the other for a reverse
    /// directive.
    Written {
        /// The unit whose file it is.
        unit: NodeId,
        /// An index into that unit's files.
        file: usize,
        /// Where the value stands.
        span: Span,
    },
    /// A link in a directory such as `NAME.wants`: its path.
    Link(String),
    /// It follows from another setting, or from the unit's type.
    Implicit,
    /// It is there unless `DefaultDependencies=no`.
    Default,
}

/// A dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The unit that has it.
    pub from: NodeId,
    /// The unit that it names.
    pub to: NodeId,
    /// What it is.
    pub kind: Kind,
    /// Why it exists.
    pub reason: Reason,
}

/// Units and their dependencies.
///
/// What is not written is there only between units that the catalog has, since a catalog is seldom
/// the whole of a machine: `sysinit.target` is no dependency where there is none. Slices are left
/// out unless `Slice=` is written.
#[derive(Clone, Debug)]
pub struct Graph {
    release: Release,
    units: Vec<Unit>,
    names: BTreeMap<String, NodeId>,
    edges: Vec<Edge>,
    known: BTreeSet<(NodeId, NodeId, Kind)>,
    outgoing: Vec<Vec<EdgeId>>,
    incoming: Vec<Vec<EdgeId>>,
}

impl Graph {
    /// The units that are reached from `roots`, themselves included.
    #[must_use]
    pub fn new<'r>(
        catalog: &Catalog,
        roots: impl IntoIterator<Item = &'r str>,
        release: Release,
        effort: &Effort,
    ) -> Self {
        build::build(catalog, roots, release, effort)
    }

    /// The release of systemd.
    #[must_use]
    pub fn release(&self) -> Release {
        self.release
    }

    /// The unit of this name, or behind this alias.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.names.get(name).copied()
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, node: NodeId) -> &Unit {
        &self.units[node.0]
    }

    /// A dependency.
    #[must_use]
    pub fn edge(&self, edge: EdgeId) -> &Edge {
        &self.edges[edge.0]
    }

    /// All units, in the order in which they were reached.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Unit)> {
        self.units.iter().enumerate().map(|(index, unit)| (NodeId(index), unit))
    }

    /// All dependencies.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, &Edge)> {
        self.edges.iter().enumerate().map(|(index, edge)| (EdgeId(index), edge))
    }

    /// The dependencies that a unit has.
    pub fn outgoing(&self, node: NodeId) -> impl DoubleEndedIterator<Item = (EdgeId, &Edge)> {
        self.outgoing[node.0].iter().map(|&edge| (edge, self.edge(edge)))
    }

    /// The dependencies that other units have on a unit.
    pub fn incoming(&self, node: NodeId) -> impl DoubleEndedIterator<Item = (EdgeId, &Edge)> {
        self.incoming[node.0].iter().map(|&edge| (edge, self.edge(edge)))
    }

    /// How many dependencies a unit has, and others on it.
    pub(crate) fn degree(&self, node: NodeId) -> usize {
        self.outgoing[node.0].len() + self.incoming[node.0].len()
    }

    /// The units that a unit is ordered after.
    pub fn earlier(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, NodeId)> {
        self.ordered(node, Kind::After, Kind::Before)
    }

    /// The units that are ordered after a unit.
    pub fn later(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, NodeId)> {
        self.ordered(node, Kind::Before, Kind::After)
    }

    fn ordered(&self, node: NodeId, own: Kind, others: Kind) -> impl Iterator<Item = (EdgeId, NodeId)> {
        let own = self.outgoing(node).filter(move |(_, edge)| edge.kind == own);
        let others = self.incoming(node).filter(move |(_, edge)| edge.kind == others);
        own.map(|(id, edge)| (id, edge.to)).chain(others.map(|(id, edge)| (id, edge.from)))
    }

    fn add(&mut self, from: NodeId, to: NodeId, kind: Kind, reason: Reason) {
        if from == to || !self.known.insert((from, to, kind)) {
            return;
        }
        let id = EdgeId(self.edges.len());
        self.edges.push(Edge { from, to, kind, reason });
        self.outgoing[from.0].push(id);
        self.incoming[to.0].push(id);
    }
}
