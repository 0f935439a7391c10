//! What is known about some nodes of a tree.

use crate::NodeId;

/// A value for each of some nodes. Nodes are numbered, so this is a list and needs no hashing.
#[derive(Clone, Debug)]
pub struct NodeMap<T> {
    values: Vec<Option<T>>,
}

impl<T> NodeMap<T> {
    /// The value of a node.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<&T> {
        self.values.get(node.0 as usize)?.as_ref()
    }

    /// Whether the node has a value.
    #[must_use]
    pub fn contains(&self, node: NodeId) -> bool {
        self.get(node).is_some()
    }

    /// Gives a node a value, instead of the one that it has, which is returned.
    pub fn insert(&mut self, node: NodeId, value: T) -> Option<T> {
        let index = node.0 as usize;
        if index >= self.values.len() {
            self.values.resize_with(index + 1, || None);
        }
        self.values[index].replace(value)
    }
}

impl<T> Default for NodeMap<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl<T> FromIterator<(NodeId, T)> for NodeMap<T> {
    fn from_iter<I: IntoIterator<Item = (NodeId, T)>>(values: I) -> Self {
        let mut map = Self::default();
        for (node, value) in values {
            map.insert(node, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_has_the_value_that_it_got_last() {
        let map: NodeMap<_> = [(NodeId(7), "a"), (NodeId(2), "b"), (NodeId(7), "c")].into_iter().collect();
        let found = [0, 2, 7, 8].map(|id| map.get(NodeId(id)).copied());
        assert_eq!(found, [None, Some("b"), Some("c"), None]);
        assert!(map.contains(NodeId(2)) && !map.contains(NodeId(3)));
    }
}
