//! All values of a tree, built in PyYAML's order: a collection is filled only after everything around it, so of two
//! faults the one that is nested less deeply comes first, wherever the two stand.

use std::collections::{HashMap, HashSet};

use super::scalar::{Refusal, of_tag, unknown};
use super::tag::{self, Tag};
use super::{DictEntry, Key, Loaded, Value, words};
use crate::syntax::Stage;
use crate::tree::{Content, Entry, NodeId, Tree};
use crate::{Crash, KeyIndex, LimitExceeded, Limits, SyntaxError};

/// The tags that a loader knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tags {
    /// Those of `yaml.safe_load`.
    #[default]
    Safe,
    /// Also `!!python/unicode`, as Python 2 wrote strings.
    Unicode,
}

/// Builds the values of `tree`, which has to be whole, as `yaml.safe_load` does.
#[must_use]
pub fn load(tree: &Tree, limits: &Limits) -> Loaded {
    load_with(tree, limits, Tags::Safe)
}

/// Builds the values of `tree`, which has to be whole, as a loader that knows these tags does.
#[must_use]
pub fn load_with(tree: &Tree, limits: &Limits, tags: Tags) -> Loaded {
    let targets = tree.ids().map(|id| tree.resolve(id)).collect();
    let loaded = Loaded { targets, values: vec![None; tree.len()], ..Loaded::default() };
    let mut constructor = Constructor {
        tree,
        tags,
        loaded,
        merged: HashMap::new(),
        plain: HashSet::new(),
        spent: HashSet::new(),
        settled: HashSet::new(),
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
pub(super) const RECURSION: usize = 950;

pub(super) enum Stop {
    Error(SyntaxError),
    Crash(Crash),
    Limit(LimitExceeded),
}

pub(super) struct Constructor<'t> {
    pub(super) tree: &'t Tree,
    tags: Tags,
    loaded: Loaded,
    /// The entries of mappings whose merge keys have been carried out.
    pub(super) merged: HashMap<NodeId, Vec<Entry>>,
    /// Keys `=` that are known to be keys, and are text from then on.
    pub(super) plain: HashSet<NodeId>,
    /// Merge keys that have been carried out.
    pub(super) spent: HashSet<NodeId>,
    /// Mappings without any that have not.
    pub(super) settled: HashSet<NodeId>,
    /// Collections that exist, but are empty so far.
    unfilled: Vec<NodeId>,
    /// How many entries may still be looked at because of merge keys and `=`.
    pub(super) left: usize,
}

impl<'t> Constructor<'t> {
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
    pub(super) fn target(&self, id: NodeId) -> NodeId {
        self.tree.resolve(id).unwrap_or(id)
    }

    pub(super) fn tag(&self, id: NodeId) -> Tag<'t> {
        if self.plain.contains(&id) {
            return Tag::Str;
        }
        match tag::of_node(self.tree.node(id)) {
            Tag::Unicode if self.tags == Tags::Unicode => Tag::Str,
            tag => tag,
        }
    }

    pub(super) fn entries(&self, id: NodeId) -> &[Entry] {
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
            Tag::Seq => Value::List(Vec::new()),
            Tag::Map => Value::Dict(Vec::new()),
            Tag::Set => Value::Set(Vec::new()),
            Tag::Omap | Tag::Pairs => Value::Pairs(Vec::new()),
            tag => self.scalar(id, tag)?,
        };
        if !matches!(value, Value::Scalar { .. }) {
            self.unfilled.push(id);
        }
        self.loaded.values[id.0 as usize] = Some(value);
        Ok(())
    }

    fn scalar(&mut self, id: NodeId, tag: Tag<'t>) -> Result<Value, Stop> {
        let node = self.tree.node(id);
        if !tag.is_scalar() {
            return Err(self.refused(id, unknown(tag)));
        }
        let text = self.text_node(id)?;
        if tag == Tag::Timestamp && text != id {
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
    fn text_node(&mut self, id: NodeId) -> Result<NodeId, Stop> {
        let mut at = id;
        for _ in 0..RECURSION {
            let node = self.tree.node(at);
            if matches!(node.content, Content::Scalar { .. }) {
                return Ok(at);
            }
            let entries = self.entries(at);
            let default = entries.iter().position(|entry| self.tag(self.target(entry.key)) == Tag::Value);
            let entry = default.map(|index| entries[index]);
            self.spend(default.unwrap_or_default(), at)?;
            let Some(entry) = entry else {
                return Err(stop_at(
                    format!("expected a scalar node, but found {}", self.kind(at)),
                    node.start,
                ));
            };
            at = self.target(entry.value);
        }
        Err(self.refused(id, too_deep()))
    }

    pub(super) fn refused(&self, id: NodeId, refusal: Refusal) -> Stop {
        let place = self.tree.node(id).start;
        match refusal {
            Refusal::Error(message) => stop_at(message, place),
            Refusal::Crash(message) => Stop::Crash(Crash { message, place }),
        }
    }

    /// What PyYAML calls a node.
    pub(super) fn kind(&self, id: NodeId) -> &'static str {
        match self.tree.node(id).content {
            Content::Scalar { .. } => "scalar",
            Content::Mapping(_) => "mapping",
            _ => "sequence",
        }
    }

    fn fill(&mut self, id: NodeId) -> Result<(), Stop> {
        let value = match self.tag(id) {
            Tag::Seq => Value::List(self.list(id)?),
            Tag::Set => Value::Set(self.dict(id)?.into_iter().map(|entry| entry.key).collect()),
            Tag::Omap => Value::Pairs(self.pairs(id, "while constructing an ordered map")?),
            Tag::Pairs => Value::Pairs(self.pairs(id, "while constructing pairs")?),
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
        self.merge(id)?;
        let merged = self.merged.get(&id).cloned();
        let entries = match (&merged, &node.content) {
            (Some(merged), _) => merged,
            (None, Content::Mapping(entries)) => entries,
            (None, _) => return Ok(Vec::new()),
        };
        let mut dict: Vec<DictEntry> = Vec::with_capacity(entries.len());
        let mut index = KeyIndex::default();
        for entry in entries {
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
            self.loaded.has_odd_keys |= !matches!(key, Key::Text(_));
            let number = index.number(key);
            self.loaded.repeats_keys |= number < dict.len();
            self.object(entry.value)?;
            match dict.get_mut(number) {
                Some(before) => (before.last_key, before.value) = (entry.key, entry.value),
                None => dict.push(DictEntry { key: entry.key, last_key: entry.key, value: entry.value }),
            }
        }
        Ok(dict)
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

pub(super) fn too_deep() -> Refusal {
    Refusal::Crash(words::TOO_DEEP.to_owned())
}
