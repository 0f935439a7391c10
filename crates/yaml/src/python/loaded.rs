//! What PyYAML makes of a tree.

use std::collections::HashMap;

use super::{Key, key};
use crate::scalar::Scalar;
use crate::tree::{Content, Entry, NodeId, Tree};
use crate::values::DuplicateKey;
use crate::{Crash, LimitExceeded, SyntaxError};

/// What a node becomes. Nodes in it are as they stand in the tree, aliases included.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A scalar.
    Scalar {
        /// The value.
        scalar: Scalar,
        /// The node that has its text: mostly the node itself.
        text: NodeId,
    },
    /// A list.
    List(Vec<NodeId>),
    /// A dictionary: merge keys are carried out, and of equal keys there is one.
    Dict(Vec<DictEntry>),
    /// `!!set`: a set of its keys.
    Set(Vec<NodeId>),
    /// `!!omap` and `!!pairs`: a list of pairs.
    Pairs(Vec<Entry>),
}

/// An entry of a dictionary. Of equal keys, the first decides where the entry stands and what the key is, and the last
/// what the value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DictEntry {
    /// The key: the first of those that are equal.
    pub key: NodeId,
    /// The last of those that are equal, to which the value belongs.
    pub last_key: NodeId,
    /// The value.
    pub value: NodeId,
}

/// What PyYAML makes of a tree.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The refusal with which it gives up.
    pub error: Option<SyntaxError>,
    /// It breaks down instead.
    pub crash: Option<Crash>,
    /// A limit of ours: merge keys bring in too much.
    pub limit: Option<LimitExceeded>,
    /// Whether a mapping has two equal keys, counting those that merge keys bring in.
    pub repeats_keys: bool,
    /// Whether any key is not a string.
    pub has_odd_keys: bool,
    /// What each node stands for: an alias for its anchor.
    pub(super) targets: Vec<Option<NodeId>>,
    pub(super) values: Vec<Option<Value>>,
}

impl Loaded {
    /// What a node becomes; an alias, what its anchor becomes. None where PyYAML did not come, and for keys that merge.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<&Value> {
        // Most nodes stand for themselves, which is the cheaper question; aliases have no values of their own.
        if let Some(value) = self.values.get(id.0 as usize)? {
            return Some(value);
        }
        let target = self.targets.get(id.0 as usize).copied().flatten()?;
        self.values.get(target.0 as usize)?.as_ref()
    }

    /// The key that a node makes; none for one that cannot be a key.
    #[must_use]
    pub fn key<'t>(&self, tree: &'t Tree, id: NodeId) -> Option<Key<'t>> {
        match self.value(id)? {
            Value::Scalar { scalar, text } => {
                Some(key(scalar, tree.node(*text).text().unwrap_or_default(), tree.resolve(id)?))
            }
            _ => None,
        }
    }

    /// The keys that Python takes for equal, mapping by mapping, without those that merge keys bring in.
    #[must_use]
    pub fn equal_keys(&self, tree: &Tree) -> Vec<DuplicateKey> {
        let mut equal = Vec::new();
        for id in tree.ids() {
            let Content::Mapping(entries) = &tree.node(id).content else { continue };
            let mut seen = HashMap::new();
            for entry in entries {
                let Some(key) = self.key(tree, entry.key) else { continue };
                let first = *seen.entry(key).or_insert(entry.key);
                if first != entry.key {
                    equal.push(DuplicateKey { first, again: entry.key });
                }
            }
        }
        equal
    }
}
