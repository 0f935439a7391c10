//! From the top of a config to a place in it.

use super::{Form, Known, entries, forms, items, named};
use crate::{Key, Names, Node};

/// What the tables know about a place in a config.
#[derive(Clone, Debug)]
pub struct Found {
    /// The forms that the value there may have.
    pub forms: Vec<Form>,
    /// What the last key on the way may be; empty at the top, and for what the tables do not name.
    pub keys: Vec<Known>,
    /// The way to it, with `[]` for items and `*` for names that are up to the user: `users[].name`.
    pub pattern: String,
    names: Names,
}

/// Keys that are there, with their values where these are known.
pub type Beside<'b> = [(&'b str, Option<&'b str>)];

impl Found {
    /// The top of a config.
    #[must_use]
    pub fn root(node: &'static Node, names: Names) -> Self {
        Self { forms: forms(node), keys: Vec::new(), pattern: String::new(), names }
    }

    /// The items of the list at the place.
    #[must_use]
    pub fn item(mut self) -> Self {
        self.forms = items(&self.forms);
        self.pattern.push_str("[]");
        self
    }

    /// The value of a key of the mapping at the place; `beside` are the keys that are there, this one among them.
    #[must_use]
    pub fn value(self, name: &str, beside: &Beside<'_>) -> Self {
        let keys = named(&self.entries(beside), name, self.names);
        let mut forms = Vec::new();
        keys.iter().for_each(|known| known.add_forms(&mut forms));
        let pattern = join(&self.pattern, keys.first().map_or("*", Known::written));
        Self { forms, keys, pattern, names: self.names }
    }

    /// The key of the tables whose value stands at the place; the first, where it may be several.
    #[must_use]
    pub fn key(&self) -> Option<&'static Key> {
        self.keys.first().and_then(Known::key)
    }

    /// The entries that the mapping at the place may have.
    #[must_use]
    pub fn entries(&self, beside: &Beside<'_>) -> Vec<Known> {
        entries(&self.forms, beside, self.names)
    }
}

/// A path with a key after it.
#[must_use]
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
