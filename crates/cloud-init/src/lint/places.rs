//! Every value of a config with what the tables know about it, in whatever release.

use std::rc::Rc;

use dryboot_schema::known::{self, Form, Known, named_in};
use dryboot_schema::{Node, Value, View};
use dryboot_yaml::NodeId;

use super::context::At;
use super::path::{Path, Steps};

/// Nesting that no config has; aliases can make circles.
const DEEPEST: usize = 64;

/// A value of the config.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    /// The value with its key.
    pub(crate) at: At<'c>,
    /// Its path with any item as `[]`, and any name that is up to the user as `*`: `write_files[].source`.
    pub(crate) pattern: Rc<str>,
    /// The name of its key; `None` for items, and for keys that are not strings.
    pub(crate) name: Option<&'c str>,
    /// The keys of the tables that it may be, of every release; none for what the tables do not name.
    pub(crate) keys: Vec<Known>,
    /// How many values it stands in.
    pub(crate) depth: usize,
}

/// Every value below `root`, in the order of the text; at most `most`.
pub(super) fn places<'c>(
    view: &View<'c>,
    root: NodeId,
    table: &'static Node,
    steps: &'c Steps,
    most: usize,
) -> Vec<Place<'c>> {
    let mut walker = Walker { view, steps, places: Vec::new(), most };
    let at = At { path: Path::default(), key: None, value: root };
    walker.inside(at, "", &known::forms(table), 0);
    walker.places
}

struct Walker<'v, 'c> {
    view: &'v View<'c>,
    steps: &'c Steps,
    places: Vec<Place<'c>>,
    most: usize,
}

impl<'c> Walker<'_, 'c> {
    fn inside(&mut self, at: At<'c>, pattern: &str, forms: &[Form], depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match self.view.value(at.value) {
            Value::Map(entries) => {
                for entry in entries {
                    let name = self.view.key_str(entry.key);
                    let Some(text) = name else { continue };
                    let path = at.path.key(text, self.steps);
                    let at = At { path, key: Some(entry.last_key), value: entry.value };
                    let mut keys = named_in(forms, text);
                    let below = match self.is_leaf(at) {
                        true => Vec::new(),
                        false => keys.iter().flat_map(Known::forms).collect(),
                    };
                    keys.retain(|known| known.key().is_some());
                    let step = if keys.is_empty() { "*" } else { text };
                    let pattern = inside(pattern, step);
                    self.add(Place { at, pattern, name, keys, depth }, &below);
                }
            }
            Value::List(items) => {
                let forms = known::items(forms);
                let pattern: Rc<str> = [pattern, "[]"].concat().into();
                for (index, item) in items.iter().enumerate() {
                    let at = At { path: at.path.item(index, self.steps), key: None, value: *item };
                    let pattern = Rc::clone(&pattern);
                    self.add(Place { at, pattern, name: None, keys: Vec::new(), depth }, &forms);
                }
            }
            _ => {}
        }
    }

    fn is_leaf(&self, at: At<'c>) -> bool {
        !matches!(self.view.value(at.value), Value::Map(_) | Value::List(_))
    }

    /// Adds a place, and what stands below it. `forms` are those that its value may have.
    fn add(&mut self, place: Place<'c>, forms: &[Form]) {
        if self.places.len() >= self.most {
            return;
        }
        let (at, depth) = (place.at, place.depth);
        let below = (!self.is_leaf(at)).then(|| Rc::clone(&place.pattern));
        self.places.push(place);
        if let Some(pattern) = below {
            self.inside(at, &pattern, forms, depth + 1);
        }
    }
}

/// A pattern with one more step.
fn inside(pattern: &str, name: &str) -> Rc<str> {
    if pattern.is_empty() { name.into() } else { [pattern, ".", name].concat().into() }
}
