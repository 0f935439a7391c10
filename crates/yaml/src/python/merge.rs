//! Merge keys. A mapping changes when they are carried out, for everyone who merges it later.

use super::construct::{Constructor, RECURSION, Stop, too_deep};
use super::tag::Tag;
use crate::tree::{Content, Entry, NodeId};
use crate::{LimitExceeded, SyntaxError};

/// A mapping whose merge keys are being carried out.
struct Merging {
    id: NodeId,
    /// The entry to look at next.
    index: usize,
    /// What the merge keys so far bring in.
    merged: Vec<Entry>,
    /// What the merge key at hand brings in.
    parts: Vec<NodeId>,
    /// How many of these have no merge keys any more.
    ready: usize,
    /// Whether there was any merge key.
    merges: bool,
}

impl Merging {
    fn new(id: NodeId) -> Self {
        Self { id, index: 0, merged: Vec::new(), parts: Vec::new(), ready: 0, merges: false }
    }
}

impl Constructor<'_> {
    /// Whether a mapping has no merge keys any more, and no `=` that is still to become text.
    fn is_settled(&mut self, id: NodeId) -> bool {
        let is_special = |entry: &Entry| {
            let tag = self.tag(self.target(entry.key));
            tag == Tag::Value || (tag == Tag::Merge && !self.spent.contains(&entry.key))
        };
        if !self.settled.contains(&id) && self.entries(id).iter().any(is_special) {
            return false;
        }
        self.settled.insert(id);
        true
    }

    /// Carries out the merge keys of a mapping: what they bring in comes first, and loses to the mapping's own entries.
    pub(super) fn merge(&mut self, id: NodeId) -> Result<(), Stop> {
        let is_plain = |entry: &Entry| !matches!(self.tag(self.target(entry.key)), Tag::Merge | Tag::Value);
        if self.entries(id).iter().all(is_plain) {
            return Ok(());
        }
        let mut stack = vec![Merging::new(id)];
        while let Some(mut merging) = stack.pop() {
            if stack.len() > RECURSION {
                return Err(self.refused(merging.id, too_deep()));
            }
            if let Some(part) = self.merge_on(&mut merging)? {
                stack.extend([merging, Merging::new(part)]);
            }
        }
        Ok(())
    }

    /// Goes on until a mapping is to be brought in that has merge keys of its own, and gives that.
    fn merge_on(&mut self, merging: &mut Merging) -> Result<Option<NodeId>, Stop> {
        let id = merging.id;
        loop {
            while let Some(&written) = merging.parts.get(merging.ready) {
                let part = self.target(written);
                if !matches!(self.tree.node(part).content, Content::Mapping(_)) {
                    return Err(self.unmergeable(id, "expected a mapping for merging", written));
                }
                merging.ready += 1;
                if !self.is_settled(part) {
                    return Ok(Some(part));
                }
            }
            for part in std::mem::take(&mut merging.parts).into_iter().rev() {
                self.take(part, &mut merging.merged)?;
            }
            merging.ready = 0;
            let Some(&entry) = self.entries(id).get(merging.index) else {
                break;
            };
            merging.index += 1;
            let key = self.target(entry.key);
            match self.tag(key) {
                Tag::Merge if self.spent.insert(entry.key) => {
                    merging.parts = self.parts(id, entry.value)?;
                    merging.merges = true;
                }
                Tag::Value => _ = self.plain.insert(key),
                _ => {}
            }
        }
        if merging.merges {
            let spent = std::mem::take(&mut self.spent);
            let entries = self.own_entries(id);
            entries.retain(|entry| !spent.contains(&entry.key));
            entries.splice(..0, merging.merged.drain(..));
            self.spent = spent;
        }
        Ok(None)
    }

    /// The entries of a mapping, to be changed.
    fn own_entries(&mut self, id: NodeId) -> &mut Vec<Entry> {
        let node = self.tree.node(id);
        self.merged.entry(id).or_insert_with(|| match &node.content {
            Content::Mapping(entries) => entries.clone(),
            _ => Vec::new(),
        })
    }

    /// What the value of a merge key brings in.
    fn parts(&self, id: NodeId, written: NodeId) -> Result<Vec<NodeId>, Stop> {
        match &self.tree.node(self.target(written)).content {
            Content::Mapping(_) => Ok(vec![written]),
            Content::Sequence(items) => Ok(items.iter().map(|item| item.value).collect()),
            _ => Err(self.unmergeable(id, "expected a mapping or list of mappings for merging", written)),
        }
    }

    /// Adds the entries of a mapping, as far as there is room. A mapping that is brought into itself still has the merge
    /// keys that are carried out.
    fn take(&mut self, written: NodeId, merged: &mut Vec<Entry>) -> Result<(), Stop> {
        let part = self.target(written);
        self.spend(self.entries(part).len(), written)?;
        let remain = self.entries(part).iter().filter(|entry| !self.spent.contains(&entry.key));
        merged.extend(remain.copied());
        Ok(())
    }

    /// Takes entries from those that may still be looked at because of merge keys and `=`.
    pub(super) fn spend(&mut self, entries: usize, written: NodeId) -> Result<(), Stop> {
        match self.left.checked_sub(entries) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                let message = "merge keys bring in too many entries".to_owned();
                Err(Stop::Limit(LimitExceeded { message, span: self.tree.node(written).span }))
            }
        }
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
}
