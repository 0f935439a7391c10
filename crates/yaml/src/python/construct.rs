//! All values of a tree, built in PyYAML's order: a collection is filled only after everything around it, so of two
//! faults the one that is nested less deeply comes first, wherever the two stand.

use std::collections::{HashMap, HashSet};

use super::scalar::{Refusal, of_tag, unknown};
use super::{Key, key, tag};
use crate::scalar::Scalar;
use crate::syntax::Stage;
use crate::tree::{Content, Entry, NodeId, Tree};
use crate::{Crash, LimitExceeded, Limits, SyntaxError};

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
    targets: Vec<Option<NodeId>>,
    values: Vec<Option<Value>>,
}

impl Loaded {
    /// What a node becomes; an alias, what its anchor becomes. None where PyYAML did not come, and for keys that merge.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<&Value> {
        let target = self.targets.get(id.0 as usize).copied().flatten()?;
        self.values.get(target.0 as usize)?.as_ref()
    }

    /// The key that a node makes; none for one that cannot be a key.
    #[must_use]
    pub fn key(&self, tree: &Tree, id: NodeId) -> Option<Key> {
        match self.value(id)? {
            Value::Scalar { scalar, text } => {
                Some(key(scalar, tree.node(*text).text().unwrap_or_default(), tree.resolve(id)?))
            }
            _ => None,
        }
    }
}

/// Builds the values of `tree`, which has to be whole.
#[must_use]
pub fn load(tree: &Tree, limits: &Limits) -> Loaded {
    let targets = tree.ids().map(|id| tree.resolve(id)).collect();
    let loaded = Loaded { targets, values: vec![None; tree.len()], ..Loaded::default() };
    let mut constructor = Constructor {
        tree,
        loaded,
        merged: HashMap::new(),
        plain: HashSet::new(),
        unfilled: Vec::new(),
        left: limits.alias_expansion,
    };
    match constructor.document() {
        Ok(()) => {}
        Err(Stop::Error(error)) => constructor.loaded.error = Some(error.by(Stage::Constructor)),
        Err(Stop::Crash(crash)) => constructor.loaded.crash = Some(crash),
        Err(Stop::Limit(limit)) => constructor.loaded.limit = Some(limit),
    }
    constructor.loaded
}

/// How many merges or `=` keys can lead to each other before Python's stack is full, in a program that does not itself
/// use much of it.
const RECURSION: usize = 950;

enum Stop {
    Error(SyntaxError),
    Crash(Crash),
    Limit(LimitExceeded),
}

struct Constructor<'t> {
    tree: &'t Tree,
    loaded: Loaded,
    /// The entries of mappings whose merge keys have been carried out.
    merged: HashMap<NodeId, Vec<Entry>>,
    /// Keys `=` that are known to be keys, and are text from then on.
    plain: HashSet<NodeId>,
    /// Collections that exist, but are empty so far.
    unfilled: Vec<NodeId>,
    /// How many entries may still be merged.
    left: usize,
}

impl Constructor<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        let Some(root) = self.tree.root() else {
            return Ok(());
        };
        self.object(root)?;
        while !self.unfilled.is_empty() {
            for id in std::mem::take(&mut self.unfilled) {
                self.fill(id)?;
            }
        }
        Ok(())
    }

    /// The node that an alias stands for.
    fn target(&self, id: NodeId) -> NodeId {
        self.tree.resolve(id).unwrap_or(id)
    }

    fn tag(&self, id: NodeId) -> &str {
        if self.plain.contains(&id) { tag::STR } else { tag::of_node(self.tree.node(id)) }
    }

    fn entries(&self, id: NodeId) -> &[Entry] {
        match (self.merged.get(&id), &self.tree.node(id).content) {
            (Some(entries), _) => entries,
            (None, Content::Mapping(entries)) => entries,
            _ => &[],
        }
    }

    /// Builds a scalar, or an empty collection.
    fn object(&mut self, id: NodeId) -> Result<(), Stop> {
        let id = self.target(id);
        if self.loaded.values[id.0 as usize].is_some() {
            return Ok(());
        }
        let value = match self.tag(id) {
            tag::SEQ => Value::List(Vec::new()),
            tag::MAP => Value::Dict(Vec::new()),
            tag::SET => Value::Set(Vec::new()),
            tag::OMAP | tag::PAIRS => Value::Pairs(Vec::new()),
            _ => self.scalar(id)?,
        };
        if !matches!(value, Value::Scalar { .. }) {
            self.unfilled.push(id);
        }
        self.loaded.values[id.0 as usize] = Some(value);
        Ok(())
    }

    fn scalar(&self, id: NodeId) -> Result<Value, Stop> {
        let tag = self.tag(id);
        let node = self.tree.node(id);
        if of_tag("0", tag).is_none() {
            return Err(self.refused(id, unknown(tag)));
        }
        let text = self.text_node(id, 0)?;
        if tag == tag::TIMESTAMP && text != id {
            let message = "expected string or bytes-like object, got 'list'";
            return Err(self.refused(id, Refusal::crash("TypeError", message)));
        }
        let words = self.tree.node(text).text().unwrap_or_default();
        match of_tag(words, tag) {
            Some(Ok(scalar)) => Ok(Value::Scalar { scalar, text }),
            Some(Err(refusal)) => Err(self.refused(id, refusal)),
            None => Err(stop_at(String::new(), node.start)),
        }
    }

    /// The scalar that a node with a scalar's tag stands for: of a mapping, the value of `=`.
    fn text_node(&self, id: NodeId, depth: usize) -> Result<NodeId, Stop> {
        let node = self.tree.node(id);
        if matches!(node.content, Content::Scalar { .. }) {
            return Ok(id);
        }
        if depth > RECURSION {
            return Err(self.refused(id, too_deep()));
        }
        let default = self.entries(id).iter().find(|entry| self.tag(self.target(entry.key)) == tag::VALUE);
        match default {
            Some(entry) => self.text_node(self.target(entry.value), depth + 1),
            None => Err(stop_at(format!("expected a scalar node, but found {}", self.kind(id)), node.start)),
        }
    }

    fn refused(&self, id: NodeId, refusal: Refusal) -> Stop {
        let place = self.tree.node(id).start;
        match refusal {
            Refusal::Error(message) => stop_at(message, place),
            Refusal::Crash(message) => Stop::Crash(Crash { message, place }),
        }
    }

    /// What PyYAML calls a node.
    fn kind(&self, id: NodeId) -> &'static str {
        match self.tree.node(id).content {
            Content::Scalar { .. } => "scalar",
            Content::Mapping(_) => "mapping",
            _ => "sequence",
        }
    }

    fn fill(&mut self, id: NodeId) -> Result<(), Stop> {
        let value = match self.tag(id) {
            tag::SEQ => Value::List(self.list(id)?),
            tag::SET => Value::Set(self.dict(id)?.into_iter().map(|entry| entry.key).collect()),
            tag::OMAP => Value::Pairs(self.pairs(id, "while constructing an ordered map")?),
            tag::PAIRS => Value::Pairs(self.pairs(id, "while constructing pairs")?),
            _ => Value::Dict(self.dict(id)?),
        };
        self.loaded.values[id.0 as usize] = Some(value);
        Ok(())
    }

    fn list(&mut self, id: NodeId) -> Result<Vec<NodeId>, Stop> {
        let node = self.tree.node(id);
        let Content::Sequence(items) = &node.content else {
            let message = format!("expected a sequence node, but found {}", self.kind(id));
            return Err(stop_at(message, node.start));
        };
        items.iter().try_for_each(|item| self.object(item.value))?;
        Ok(items.iter().map(|item| item.value).collect())
    }

    fn dict(&mut self, id: NodeId) -> Result<Vec<DictEntry>, Stop> {
        let node = self.tree.node(id);
        if !matches!(node.content, Content::Mapping(_)) {
            let message = format!("expected a mapping node, but found {}", self.kind(id));
            return Err(stop_at(message, node.start));
        }
        self.merge(id, 0)?;
        let mut dict: Vec<DictEntry> = Vec::new();
        let mut places: HashMap<Key, usize> = HashMap::new();
        for entry in self.entries(id).to_vec() {
            self.object(entry.key)?;
            let Some(key) = self.loaded.key(self.tree, entry.key) else {
                let mut error = SyntaxError::within(
                    "found unhashable key".to_owned(),
                    self.tree.node(self.target(entry.key)).start,
                    "while constructing a mapping",
                    node.start,
                );
                error.place = self.tree.node(entry.key).start;
                return Err(Stop::Error(error));
            };
            self.object(entry.value)?;
            let place = *places.entry(key).or_insert(dict.len());
            match dict.get_mut(place) {
                Some(before) => (before.last_key, before.value) = (entry.key, entry.value),
                None => dict.push(DictEntry { key: entry.key, last_key: entry.key, value: entry.value }),
            }
        }
        Ok(dict)
    }

    /// Carries out the merge keys of a mapping: what they bring in comes first, and loses to the mapping's own entries.
    fn merge(&mut self, id: NodeId, depth: usize) -> Result<(), Stop> {
        let is_special = |entry: &Entry| {
            let tag = self.tag(self.target(entry.key));
            tag == tag::MERGE || tag == tag::VALUE
        };
        if !self.entries(id).iter().any(is_special) {
            return Ok(());
        }
        if depth > RECURSION {
            return Err(self.refused(id, too_deep()));
        }
        let mut merged = Vec::new();
        let mut index = 0;
        while let Some(&Entry { key, value }) = self.entries(id).get(index) {
            let key = self.target(key);
            match self.tag(key) {
                tag::MERGE => {
                    let mut entries = self.entries(id).to_vec();
                    entries.remove(index);
                    self.merged.insert(id, entries);
                    self.merge_value(id, value, depth, &mut merged)?;
                }
                tag::VALUE => {
                    self.plain.insert(key);
                    index += 1;
                }
                _ => index += 1,
            }
        }
        if !merged.is_empty() {
            merged.extend_from_slice(self.entries(id));
            self.merged.insert(id, merged);
        }
        Ok(())
    }

    fn merge_value(
        &mut self,
        id: NodeId,
        written: NodeId,
        depth: usize,
        merged: &mut Vec<Entry>,
    ) -> Result<(), Stop> {
        let tree = self.tree;
        let value = self.target(written);
        match &tree.node(value).content {
            Content::Mapping(_) => {
                self.merge(value, depth + 1)?;
                self.take(value, written, merged)
            }
            Content::Sequence(items) => {
                let mut parts = Vec::new();
                for item in items {
                    let part = self.target(item.value);
                    if !matches!(tree.node(part).content, Content::Mapping(_)) {
                        let expected = "expected a mapping for merging";
                        return Err(self.unmergeable(id, expected, item.value));
                    }
                    self.merge(part, depth + 1)?;
                    parts.push(part);
                }
                parts.into_iter().rev().try_for_each(|part| self.take(part, written, merged))
            }
            _ => Err(self.unmergeable(id, "expected a mapping or list of mappings for merging", written)),
        }
    }

    /// Adds the entries of a mapping, as far as there is room.
    fn take(&mut self, part: NodeId, written: NodeId, merged: &mut Vec<Entry>) -> Result<(), Stop> {
        let entries = self.entries(part);
        let Some(left) = self.left.checked_sub(entries.len()) else {
            let message = "merge keys bring in too many entries".to_owned();
            return Err(Stop::Limit(LimitExceeded { message, span: self.tree.node(written).span }));
        };
        merged.extend_from_slice(entries);
        self.left = left;
        Ok(())
    }

    fn unmergeable(&self, id: NodeId, expected: &str, written: NodeId) -> Stop {
        let value = self.target(written);
        let message = format!("{expected}, but found {}", self.kind(value));
        let noticed = self.tree.node(value).start;
        let words = "while constructing a mapping";
        let mut error = SyntaxError::within(message, noticed, words, self.tree.node(id).start);
        error.place = self.tree.node(written).start;
        Stop::Error(error)
    }

    fn pairs(&mut self, id: NodeId, words: &str) -> Result<Vec<Entry>, Stop> {
        let tree = self.tree;
        let node = tree.node(id);
        let Content::Sequence(items) = &node.content else {
            let message = format!("expected a sequence, but found {}", self.kind(id));
            return Err(Stop::Error(SyntaxError::within(message, node.start, words, node.start)));
        };
        let mut pairs = Vec::new();
        for item in items {
            let target = self.target(item.value);
            let refuse = |message: String| {
                let mut error = SyntaxError::within(message, tree.node(target).start, words, node.start);
                error.place = tree.node(item.value).start;
                Err(Stop::Error(error))
            };
            if !matches!(tree.node(target).content, Content::Mapping(_)) {
                return refuse(format!("expected a mapping of length 1, but found {}", self.kind(target)));
            }
            let &[entry] = self.entries(target) else {
                let count = self.entries(target).len();
                return refuse(format!("expected a single mapping item, but found {count} items"));
            };
            self.object(entry.key)?;
            self.object(entry.value)?;
            pairs.push(entry);
        }
        Ok(pairs)
    }
}

fn stop_at(message: String, place: usize) -> Stop {
    Stop::Error(SyntaxError::at(message, place))
}

fn too_deep() -> Refusal {
    Refusal::crash("RecursionError", "maximum recursion depth exceeded")
}
