//! Every value of a config with what the tables know about it, in whatever release.

use dryboot_schema::{Key, Node, Object, Release, Rest, Shape, Value, View};
use dryboot_yaml::NodeId;

use super::context::{At, inside, item_of};

/// Nesting that no config has; aliases can make circles.
const DEEPEST: usize = 64;

/// A key of the tables at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The key.
    pub(crate) key: &'static Key,
    /// The first release that acts on it, given by itself or by a mapping around it; `None` when all do.
    pub(crate) works_since: Option<Release>,
    /// The mapping that has it.
    pub(crate) object: &'static Object,
}

/// A value of the config.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    /// The value with its key.
    pub(crate) at: At,
    /// Its path with any item as `[]`, and any name that is up to the user as `*`: `write_files[].source`.
    pub(crate) pattern: String,
    /// The name of its key; `None` for items, and for keys that are not strings.
    pub(crate) name: Option<&'c str>,
    /// The keys of the tables that it may be, of every release; none for what the tables do not name.
    pub(crate) keys: Vec<Known>,
    /// How many values it stands in.
    pub(crate) depth: usize,
}

/// What a value may be, and the first release that acts on it.
type Described = (&'static Node, Option<Release>);

/// Every value below `root`, in the order of the text; at most `most`.
pub(super) fn places<'c>(view: &View<'c>, root: NodeId, table: &'static Node, most: usize) -> Vec<Place<'c>> {
    let mut walker = Walker { view, places: Vec::new(), most };
    let at = At { path: String::new(), key: None, value: root };
    let mut nodes = Vec::new();
    resolve((table, None), &mut nodes, 0);
    walker.inside(&at, "", &nodes, 0);
    walker.places
}

/// The nodes behind choices, references and releases.
fn resolve((node, works_since): Described, found: &mut Vec<Described>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let mut each = |node| resolve((node, works_since), found, depth + 1);
    match &node.shape {
        Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes) | Shape::AllOf(nodes) => {
            nodes.iter().for_each(each);
        }
        Shape::Since(forms) => forms.iter().for_each(|(_, node)| each(node)),
        Shape::Ref(node) => each(node),
        _ => found.push((node, works_since)),
    }
}

struct Walker<'v, 'c> {
    view: &'v View<'c>,
    places: Vec<Place<'c>>,
    most: usize,
}

impl<'c> Walker<'_, 'c> {
    fn inside(&mut self, at: &At, pattern: &str, nodes: &[Described], depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match self.view.value(at.value) {
            Value::Map(entries) => {
                for entry in entries {
                    let name = self.view.key_str(entry.key);
                    let Some(text) = name else { continue };
                    let path = inside(&at.path, text);
                    let at = At { path, key: Some(entry.last_key), value: entry.value };
                    let (keys, nodes) = children(nodes, text);
                    let step = if keys.is_empty() { "*" } else { text };
                    self.add(at, inside(pattern, step), name, keys, nodes, depth);
                }
            }
            Value::List(items) => {
                let mut described = Vec::new();
                for (node, works_since) in nodes {
                    if let Shape::List(list) = node.shape {
                        resolve((&list.items, *works_since), &mut described, 0);
                    }
                }
                let pattern = [pattern, "[]"].concat();
                for (index, item) in items.iter().enumerate() {
                    let at = At { path: item_of(&at.path, index), key: None, value: *item };
                    self.add(at, pattern.clone(), None, Vec::new(), described.clone(), depth);
                }
            }
            _ => {}
        }
    }

    fn add(
        &mut self,
        at: At,
        pattern: String,
        name: Option<&'c str>,
        keys: Vec<Known>,
        nodes: Vec<Described>,
        depth: usize,
    ) {
        if self.places.len() >= self.most {
            return;
        }
        let is_leaf = !matches!(self.view.value(at.value), Value::Map(_) | Value::List(_));
        let below = (!is_leaf).then(|| (at.clone(), pattern.clone()));
        self.places.push(Place { at, pattern, name, keys, depth });
        if let Some((at, pattern)) = below {
            self.inside(&at, &pattern, &nodes, depth + 1);
        }
    }
}

/// The keys of this name in the mappings among `nodes`, and what their value may be.
fn children(nodes: &[Described], name: &str) -> (Vec<Known>, Vec<Described>) {
    let (mut keys, mut below): (Vec<Known>, Vec<Described>) = (Vec::new(), Vec::new());
    for (node, works_since) in nodes {
        let Shape::Map(object) = node.shape else { continue };
        let mut listed = false;
        for key in object.keys.iter().filter(|key| key.name == name) {
            listed = true;
            let works_since = key.works_since.or(*works_since);
            if !keys.iter().any(|known| std::ptr::eq(known.key, key)) {
                keys.push(Known { key, works_since, object });
                resolve((&key.node, works_since), &mut below, 0);
            }
        }
        for (_, node) in object.patterns.iter().filter(|(pattern, _)| pattern.matches(name)) {
            listed = true;
            resolve((node, *works_since), &mut below, 0);
        }
        if let Rest::Each(node) = object.rest
            && !listed
        {
            resolve((node, *works_since), &mut below, 0);
        }
    }
    (keys, below)
}

/// What a value may be, choices resolved.
pub(crate) fn forms(node: &'static Node) -> Vec<&'static Node> {
    let mut found = Vec::new();
    resolve((node, None), &mut found, 0);
    found.into_iter().map(|(node, _)| node).collect()
}
