//! The tree as the schema sees it: every key and list element that the target looks at, with the
//! table entry that it belongs to. Text that is reached twice through aliases is listed once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::schema::{CLOUD_CONFIG, NAMES};
use crate::{Document, Kind, Target};
use dryboot_lint::Paths;
use dryboot_schema::{Key, Object};
use dryboot_yaml::values::is_merge;
use dryboot_yaml::{Content, NodeId, NodeMap, Span, Tree};

/// Index of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PlaceId(usize);

/// How a place is reached from its parent.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The value of a key.
    Key {
        /// The key's node.
        node: NodeId,
        /// The name as written.
        written: String,
        /// The table of the mapping that the key stands in.
        object: &'static Object,
        /// The table's entry; none for a key that it does not have.
        known: Option<&'static Key>,
    },
    /// An element of a list.
    Item {
        /// Its number, from 0.
        index: usize,
        /// Offset of its dash.
        start: usize,
    },
}

/// A key with its value, or a list element.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    parent: Option<PlaceId>,
    pub(crate) step: Step,
    /// The value as written, perhaps an alias.
    pub(crate) value: NodeId,
    /// The value behind an alias.
    pub(crate) resolved: NodeId,
    /// What the target wants here; none below a key that it does not know.
    pub(crate) kind: Option<Kind>,
}

/// All places of a document, parents before children, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Places {
    all: Vec<Place>,
    by_node: NodeMap<PlaceId>,
}

impl Places {
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut places = Self::default();
        if let Some(root) = document.root_mapping() {
            let mut collector = Collector {
                tree: document.tree(),
                target: document.target,
                places: &mut places,
                seen: BTreeSet::new(),
            };
            collector.mapping(root, &CLOUD_CONFIG, None);
        }
        places
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (PlaceId, &Place)> {
        self.all.iter().enumerate().map(|(index, place)| (PlaceId(index), place))
    }

    /// Every key, with the table of the mapping that it stands in and its entry there.
    pub(crate) fn keys(&self) -> impl Iterator<Item = KeyPlace<'_>> {
        self.iter().filter_map(|(id, place)| match &place.step {
            Step::Key { node, written, object, known } => {
                Some(KeyPlace { id, parent: place.parent, node: *node, written, object, known: *known })
            }
            Step::Item { .. } => None,
        })
    }

    /// Whether the target applies what stands here: no key on the way to it is one that is validated and ignored.
    pub(crate) fn is_applied(&self, id: PlaceId, target: Target) -> bool {
        let place = &self.all[id.0];
        let ignored = target.habits().ignores_hyphens
            && matches!(&place.step, Step::Key { written, .. } if written.contains('-'));
        !ignored && place.parent.is_none_or(|parent| self.is_applied(parent, target))
    }

    /// The place whose value is `node`.
    pub(crate) fn of_node(&self, node: NodeId) -> Option<&Place> {
        self.by_node.get(node).map(|id| &self.all[id.0])
    }
}

impl Paths for Places {
    type Place = PlaceId;

    fn path(&self, id: PlaceId) -> String {
        let place = &self.all[id.0];
        let mut path = place.parent.map(|parent| self.path(parent)).unwrap_or_default();
        match &place.step {
            Step::Key { written, .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(written);
            }
            Step::Item { index, .. } => path.push_str(&format!("[{index}]")),
        }
        path
    }

    /// Empty for text that the target does not look at, too.
    fn path_of(&self, node: NodeId) -> String {
        self.by_node.get(node).map(|&id| self.path(id)).unwrap_or_default()
    }
}

/// A key as [`Places::keys`] gives it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyPlace<'p> {
    pub(crate) id: PlaceId,
    /// The place that the key stands in; none at the top level.
    pub(crate) parent: Option<PlaceId>,
    pub(crate) node: NodeId,
    pub(crate) written: &'p str,
    pub(crate) object: &'static Object,
    pub(crate) known: Option<&'static Key>,
}

impl<'p> KeyPlace<'p> {
    /// The key's name with underscores.
    pub(crate) fn name(&self) -> Cow<'p, str> {
        NAMES.of(self.written)
    }

    /// Where the key is written.
    pub(crate) fn key_span(&self, tree: &Tree) -> Span {
        tree.node(self.node).span
    }
}

struct Collector<'t> {
    tree: &'t Tree,
    target: Target,
    places: &'t mut Places,
    seen: BTreeSet<(NodeId, Option<*const Object>)>,
}

impl Collector<'_> {
    fn mapping(&mut self, mapping: NodeId, object: &'static Object, parent: Option<PlaceId>) {
        if !self.seen.insert((mapping, Some(object))) {
            return;
        }
        let Content::Mapping(entries) = &self.tree.node(mapping).content else { return };
        for entry in entries {
            if is_merge(self.tree, entry.key, self.target.dialect()) {
                self.merged(entry.value, object, parent);
                continue;
            }
            let written = self.tree.resolve(entry.key).and_then(|key| self.tree.node(key).text());
            let Some(written) = written else { continue };
            let known = object.position(written, NAMES).map(|(_, key)| key);
            let step = Step::Key { node: entry.key, written: written.to_owned(), object, known };
            self.place(parent, step, entry.value, known.map(|key| Kind::of(&key.node)));
        }
    }

    fn merged(&mut self, value: NodeId, object: &'static Object, parent: Option<PlaceId>) {
        let Some(resolved) = self.tree.resolve(value) else { return };
        match &self.tree.node(resolved).content {
            Content::Sequence(items) => {
                for item in items {
                    if let Some(part) = self.tree.resolve(item.value) {
                        self.mapping(part, object, parent);
                    }
                }
            }
            _ => self.mapping(resolved, object, parent),
        }
    }

    fn place(&mut self, parent: Option<PlaceId>, step: Step, value: NodeId, kind: Option<Kind>) {
        let resolved = self.tree.resolve(value).unwrap_or(value);
        let id = PlaceId(self.places.all.len());
        self.places.all.push(Place { parent, step, value, resolved, kind });
        if !self.places.by_node.contains(resolved) {
            self.places.by_node.insert(resolved, id);
        }
        match (kind, &self.tree.node(resolved).content) {
            (Some(Kind::Section(object)), Content::Mapping(_)) => self.mapping(resolved, object, Some(id)),
            (Some(kind), Content::Sequence(items)) => {
                let Some(element) = kind.element() else { return };
                // An element list reached again through an alias was listed the first time.
                if !self.seen.insert((resolved, None)) {
                    return;
                }
                for (index, item) in items.iter().enumerate() {
                    let step = Step::Item { index, start: item.start };
                    self.place(Some(id), step, item.value, Some(element));
                }
            }
            _ => {}
        }
    }
}
