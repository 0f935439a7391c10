//! Merge keys. A mapping changes when they are carried out, for everyone who merges it later.

use super::construct::{Constructor, RECURSION, Stop, too_deep};
use super::tag;
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
}

impl Merging {
    fn new(id: NodeId) -> Self {
        Self { id, index: 0, merged: Vec::new(), parts: Vec::new(), ready: 0 }
    }
}

impl Constructor<'_> {
    /// Whether a key merges, or is an `=` that is still to be told to be text.
    fn is_special(&self, entry: &Entry) -> bool {
        matches!(self.tag(self.target(entry.key)), tag::MERGE | tag::VALUE)
    }

    /// Carries out the merge keys of a mapping: what they bring in comes first, and loses to the mapping's own entries.
    pub(super) fn merge(&mut self, id: NodeId) -> Result<(), Stop> {
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
                if self.entries(part).iter().any(|entry| self.is_special(entry)) {
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
            let key = self.target(entry.key);
            match self.tag(key) {
                tag::MERGE => {
                    self.own_entries(id).remove(merging.index);
                    merging.parts = self.parts(id, entry.value)?;
                }
                tag::VALUE => {
                    self.plain.insert(key);
                    merging.index += 1;
                }
                _ => merging.index += 1,
            }
        }
        if !merging.merged.is_empty() {
            self.own_entries(id).splice(..0, merging.merged.drain(..));
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

    /// Adds the entries of a mapping, as far as there is room.
    fn take(&mut self, written: NodeId, merged: &mut Vec<Entry>) -> Result<(), Stop> {
        let entries = self.entries(self.target(written));
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
}
