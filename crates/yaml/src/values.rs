//! Values as the libraries build them: merge keys, and what they refuse only while building.

use std::collections::HashSet;

use crate::python;
use crate::scalar::{Scalar, resolve};
use crate::tree::{Content, Entry, NodeId, Tree};
use crate::{Crash, Dialect, KeyIndex, LimitExceeded, Limits, SyntaxError};

/// The libraries' words for a merge key whose value is no mapping and no list of mappings.
pub const MERGE_REFUSAL: &str = "map merge requires map or sequence of maps as the value";

/// Two equal keys in one mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key that came first.
    pub first: NodeId,
    /// The same key again.
    pub again: NodeId,
}

/// What a library finds while it builds untyped values from a tree.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The first refusal, at which the library gives up.
    pub error: Option<SyntaxError>,
    /// The library breaks down instead; only PyYAML does.
    pub crash: Option<Crash>,
    /// A limit of ours that ended the building; only PyYAML's merge keys are built here.
    pub limit: Option<LimitExceeded>,
    /// Equal keys in the order of the text: yaml.v3 refuses them after everything else, go-yaml
    /// v1 and PyYAML take the last.
    pub duplicates: Vec<DuplicateKey>,
    /// The first whole number that needs all 64 bits; only yaml.v3 has these.
    pub unsigned: Option<NodeId>,
}

/// Builds every value of `tree` as the library does, and reports what it refuses.
#[must_use]
pub fn build(tree: &Tree, dialect: Dialect) -> Build {
    if dialect.is_python() {
        return python_build(tree);
    }
    let mut builder = Builder { tree, dialect, open: Vec::new(), found: Build::default() };
    if let Some(root) = tree.root() {
        builder.found.error = builder.value(root).err();
    }
    builder.found
}

/// What PyYAML has in common with the other libraries; [`python::load`] has the values, too.
fn python_build(tree: &Tree) -> Build {
    let loaded = python::load(tree, &Limits::default());
    let duplicates = loaded.equal_keys(tree);
    Build { error: loaded.error, crash: loaded.crash, limit: loaded.limit, duplicates, unsigned: None }
}

struct Builder<'t> {
    tree: &'t Tree,
    dialect: Dialect,
    open: Vec<NodeId>,
    found: Build,
}

impl Builder<'_> {
    fn value(&mut self, id: NodeId) -> Result<(), SyntaxError> {
        let node = self.tree.node(id);
        match &node.content {
            Content::Scalar { text, style } => {
                let value = resolve(text, *style, node.tag.as_deref(), self.dialect)
                    .map_err(|words| SyntaxError::at(words, node.span.start))?;
                if matches!(value, Scalar::Uint(_)) {
                    self.found.unsigned.get_or_insert(id);
                }
                Ok(())
            }
            // The anchored value was built where it stands; only a loop is news.
            Content::Alias { name, target } => match target {
                Some(target) if self.open.contains(target) => {
                    Err(SyntaxError::at(self.dialect.loop_words(name), node.span.start))
                }
                _ => Ok(()),
            },
            Content::Sequence(items) => {
                self.open.push(id);
                items.iter().try_for_each(|item| self.value(item.value))?;
                self.open.pop();
                Ok(())
            }
            Content::Mapping(entries) => {
                if self.note_duplicates(entries) && self.dialect == Dialect::GoYamlV3 {
                    return Ok(());
                }
                self.open.push(id);
                entries.iter().try_for_each(|entry| self.entry(*entry))?;
                self.open.pop();
                Ok(())
            }
        }
    }

    fn entry(&mut self, entry: Entry) -> Result<(), SyntaxError> {
        if is_merge(self.tree, entry.key, self.dialect) {
            let refuse = || SyntaxError::at(MERGE_REFUSAL, self.tree.node(entry.value).span.start);
            merged_mappings(self.tree, entry.value).ok_or_else(refuse)?;
            return self.value(entry.value);
        }
        self.value(entry.key)?;
        let key = self.tree.resolve(entry.key).unwrap_or(entry.key);
        if !matches!(self.tree.node(key).content, Content::Scalar { .. }) {
            let words = format!("invalid map key: {}", crate::go_syntax::dump(self.tree, key, self.dialect));
            return Err(SyntaxError::at(words, self.tree.node(entry.key).span.start));
        }
        self.value(entry.value)
    }

    fn note_duplicates(&mut self, entries: &[Entry]) -> bool {
        let (mut seen, mut firsts) = (KeyIndex::default(), Vec::new());
        let before = self.found.duplicates.len();
        for entry in entries {
            let (kind, text) = match &self.tree.node(entry.key).content {
                Content::Scalar { text, .. } => (0, &**text),
                Content::Alias { name, .. } => (1, &**name),
                Content::Sequence(_) => (2, ""),
                Content::Mapping(_) => (3, ""),
            };
            match firsts.get(seen.number((kind, text))) {
                Some(first) => self.found.duplicates.push(DuplicateKey { first: *first, again: entry.key }),
                None => firsts.push(entry.key),
            }
        }
        self.found.duplicates.len() > before
    }
}

/// Whether a key is a plain `<<`.
#[must_use]
pub fn is_merge(tree: &Tree, key: NodeId, dialect: Dialect) -> bool {
    let node = tree.node(key);
    match &node.content {
        Content::Scalar { text, style } => {
            // Nothing else can be one, and every key is asked.
            let may_be = text.starts_with("<<") || node.tag.is_some();
            may_be && resolve(text, *style, node.tag.as_deref(), dialect) == Ok(Scalar::Merge)
        }
        _ => false,
    }
}

/// Whether the value of a merge key is what it has to be: a mapping, an alias of one, or a list of
/// these.
#[must_use]
pub fn can_be_merged(tree: &Tree, value: NodeId) -> bool {
    merged_mappings(tree, value).is_some()
}

/// The mappings that a merge key brings in, the one of least weight first; none when the value
/// is not a mapping, an alias of one, or a list of these.
fn merged_mappings(tree: &Tree, value: NodeId) -> Option<Vec<NodeId>> {
    let mapping = |id| {
        let id = tree.resolve(id)?;
        matches!(tree.node(id).content, Content::Mapping(_)).then_some(id)
    };
    match &tree.node(value).content {
        Content::Sequence(items) => items.iter().rev().map(|item| mapping(item.value)).collect(),
        _ => mapping(value).map(|id| vec![id]),
    }
}

/// How many nodes aliases and merge keys may still stand for.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    left: usize,
    is_exhausted: bool,
}

impl Budget {
    /// A text costs one node more for each of these many bytes: a long one behind many aliases
    /// takes as much memory as many nodes.
    const BYTES_PER_NODE: usize = 256;

    /// One of so many nodes.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { left: nodes, is_exhausted: false }
    }

    /// Takes everything that is written at `id` from the budget; false when it is used up.
    pub fn take_copy(&mut self, tree: &Tree, id: NodeId) -> bool {
        let span = tree.node(id).span;
        let count = tree.size(id) + (span.end - span.start) / Self::BYTES_PER_NODE;
        self.is_exhausted |= self.left < count;
        self.left = self.left.saturating_sub(count);
        !self.is_exhausted
    }

    /// Whether something was asked for that the budget did not have.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }
}

/// The entries of a mapping with its merge keys carried out, in the order in which the library
/// applies them: later ones override earlier ones. Which keys are equal to PyYAML, and merge keys
/// behind aliases and tags, are a matter of [`python::load`].
#[must_use]
pub fn effective_entries(tree: &Tree, mapping: NodeId, dialect: Dialect, budget: &mut Budget) -> Vec<Entry> {
    let mut all = Vec::new();
    collect(tree, mapping, dialect, budget, &mut all, 0);
    all
}

/// Merge keys can nest; no deeper than this, which no loop-free text of sensible size reaches.
const MERGE_DEPTH: usize = 32;

fn collect(
    tree: &Tree,
    mapping: NodeId,
    dialect: Dialect,
    budget: &mut Budget,
    all: &mut Vec<Entry>,
    depth: usize,
) {
    let Content::Mapping(entries) = &tree.node(mapping).content else {
        return;
    };
    let has_merge = entries.iter().any(|entry| is_merge(tree, entry.key, dialect));
    if !has_merge {
        all.extend_from_slice(entries);
        return;
    }
    let (merges, explicit): (Vec<Entry>, Vec<Entry>) =
        entries.iter().partition(|entry| is_merge(tree, entry.key, dialect));
    let merge = |value, all: &mut Vec<Entry>, budget: &mut Budget| {
        for part in merged_mappings(tree, value).unwrap_or_default() {
            if depth < MERGE_DEPTH && budget.take_copy(tree, part) {
                collect(tree, part, dialect, budget, all, depth + 1);
            }
        }
    };
    match dialect {
        Dialect::GoYamlV1 => {
            for entry in entries {
                if is_merge(tree, entry.key, dialect) {
                    merge(entry.value, all, budget);
                } else {
                    all.push(*entry);
                }
            }
        }
        #[cfg(feature = "pyyaml")]
        Dialect::PyYaml => {
            for entry in merges {
                merge(entry.value, all, budget);
            }
            all.extend(explicit);
        }
        Dialect::GoYamlV3 => {
            let mut inherited = Vec::new();
            for entry in merges {
                merge(entry.value, &mut inherited, budget);
            }
            let own: HashSet<_> = explicit.iter().map(|entry| tree.node(entry.key).text()).collect();
            let mut last = HashSet::new();
            let mut kept: Vec<Entry> = inherited
                .into_iter()
                .rev()
                .filter(|entry| {
                    let key = tree.node(entry.key).text();
                    !own.contains(&key) && last.insert(key)
                })
                .collect();
            kept.reverse();
            all.extend(kept);
            all.extend(explicit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn tree(text: &str, dialect: Dialect) -> Tree {
        parse(text.as_bytes(), text, dialect, &Limits::default()).tree
    }

    fn refusal(text: &str, dialect: Dialect) -> Option<(String, usize)> {
        build(&tree(text, dialect), dialect).error.map(|error| (error.message, error.place))
    }

    #[test]
    fn what_cannot_be_built_is_refused_in_the_words_of_the_library() {
        for (text, words, at) in [
            ("a: &u {b: *u}\n", "Anchor 'u' value contains itself", 10),
            ("a: &x [1]\nb:\n  <<: *x\n", MERGE_REFUSAL, 19),
            ("? [x]\n: y\n", "invalid map key: []interface {}{\"x\"}", 2),
            ("{{ b }}: c\n", "invalid map key: map[interface {}]interface {}{\"b\":interface {}(nil)}", 1),
            ("a: !!int three\n", "cannot decode !!str `three` as a !!int", 9),
        ] {
            let text = text.replace("{{ b }}: c", "{ b }: c");
            let at = if words.contains("nil") { 0 } else { at };
            assert_eq!(refusal(&text, Dialect::GoYamlV1), Some((words.to_owned(), at)), "{text}");
        }
        assert_eq!(refusal("a: &x {b: c}\nd: {<<: *x}\n", Dialect::GoYamlV1), None);
    }

    #[test]
    fn merge_keys_follow_document_order_in_v1_and_the_specification_in_v3() {
        let text = "- &a {k: base, l: base}\n- {k: own, <<: *a}\n";
        for (dialect, winner) in [(Dialect::GoYamlV1, "base"), (Dialect::GoYamlV3, "own")] {
            let tree = tree(text, dialect);
            let Some(root) = tree.root() else { panic!("a root") };
            let Content::Sequence(items) = &tree.node(root).content else { panic!("a list") };
            let entries = effective_entries(&tree, items[1].value, dialect, &mut Budget::new(9));
            let last = entries.iter().rfind(|entry| tree.node(entry.key).text() == Some("k"));
            assert_eq!(last.and_then(|entry| tree.node(entry.value).text()), Some(winner));
        }
    }

    #[test]
    fn equal_keys_are_found_at_every_level() {
        let tree = tree("a: 1\nb: {c: 1, c: 2}\na: 3\n", Dialect::GoYamlV1);
        assert_eq!(build(&tree, Dialect::GoYamlV1).duplicates.len(), 2);
    }
}
