//! What the tables know about a place, in every release: for help while typing and for the reference.

mod found;

pub use found::{Beside, Found, join};

use crate::{Deprecated, Key, Life, Names, Node, Object, Pattern, Release, Rest, Shape};

/// Nesting that no table has, but a table that refers to itself.
const DEEPEST: usize = 16;

/// A form that a value may have: no longer a choice or a reference.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The form.
    pub node: &'static Node,
    /// What it has from the keys that it stands in.
    pub past: Past,
}

/// When a form or a key is part of the program, with what it inherits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The releases whose tables have it.
    pub life: Life,
    /// The first release that acts on it; none for every release that the tables cover.
    pub works_since: Option<Release>,
    /// How releases report this form of a value, and not another one.
    pub deprecated: Option<&'static Deprecated>,
}

impl Past {
    const NONE: Self = Self { life: Life::ALWAYS, works_since: None, deprecated: None };

    /// Whether a release acts on it, whatever its validator says.
    #[must_use]
    pub fn works_in(&self, release: Release) -> bool {
        self.life.until.is_none_or(|until| release < until)
            && self.works_since.is_none_or(|since| since <= release)
    }

    /// What holds for something that is there in two ways.
    fn or(self, other: Self) -> Self {
        let later = self.life.until.zip(other.life.until).map(|(one, other)| one.max(other));
        Self {
            life: Life { since: self.life.since.min(other.life.since), until: later },
            works_since: self.works_since.min(other.works_since),
            deprecated: self.deprecated.and(other.deprecated),
        }
    }

    fn inside(self, node: &Node) -> Self {
        Self { life: both(self.life, node.life), deprecated: node.deprecated.or(self.deprecated), ..self }
    }
}

/// The releases that two lives have in common.
fn both(one: Life, other: Life) -> Life {
    let sooner = match (one.until, other.until) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    Life { since: one.since.max(other.since), until: sooner }
}

/// An entry that a mapping may have.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What it is called.
    pub name: Name,
    /// What its value may be, and its documentation.
    pub node: &'static Node,
    /// The mapping that lists it.
    pub object: &'static Object,
    /// When it is part of the program.
    pub past: Past,
}

/// What an entry is called.
#[derive(Clone, Copy, Debug)]
pub enum Name {
    /// A key of the tables.
    Key(&'static Key),
    /// Any name that matches.
    Matching(&'static Pattern),
    /// Any name at all.
    Any,
}

impl Known {
    /// A key of a mapping with this past.
    fn of_key(key: &'static Key, object: &'static Object, past: Past) -> Self {
        let works_since = key.works_since.or(past.works_since);
        let past = Past { works_since, ..past }.inside(&key.node);
        Self { name: Name::Key(key), node: &key.node, object, past }
    }

    /// The name in a path: `*` where it is up to the user.
    #[must_use]
    pub fn written(&self) -> &'static str {
        match self.name {
            Name::Key(key) => key.name,
            Name::Matching(_) | Name::Any => "*",
        }
    }

    /// The key of the tables; none where the name is up to the user.
    #[must_use]
    pub fn key(&self) -> Option<&'static Key> {
        match self.name {
            Name::Key(key) => Some(key),
            Name::Matching(_) | Name::Any => None,
        }
    }

    /// Whether the mapping must have it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.object.required.contains(&self.written())
    }

    /// The forms of its value.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        let mut found = Vec::new();
        self.add_forms(&mut found);
        found
    }

    fn add_forms(&self, found: &mut Vec<Form>) {
        // What is said about the key is not said about each of its forms again.
        let past = Past { deprecated: None, ..self.past };
        resolve(Form { node: self.node, past }, true, found, 0);
    }
}

/// The forms that a value of a node may have.
#[must_use]
pub fn forms(node: &'static Node) -> Vec<Form> {
    let mut found = Vec::new();
    resolve(Form { node, past: Past::NONE }, false, &mut found, 0);
    found
}

/// The forms behind choices, references and releases. `is_key` says that the node is a key's, which has been dealt with.
fn resolve(form: Form, is_key: bool, found: &mut Vec<Form>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let node = form.node;
    let past = if is_key { form.past } else { form.past.inside(node) };
    match &node.shape {
        Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes) | Shape::AllOf(nodes) => {
            nodes.iter().for_each(|node| resolve(Form { node, past }, false, found, depth + 1));
        }
        Shape::Since(forms) => {
            let mut until = None;
            for (since, node) in *forms {
                let life = both(past.life, Life { since: Some(*since), until });
                until = Some(*since);
                resolve(Form { node, past: Past { life, ..past } }, false, found, depth + 1);
            }
        }
        Shape::Ref(node) => resolve(Form { node, past }, false, found, depth + 1),
        _ => found.push(Form { node, past }),
    }
}

/// The forms of the items of lists.
#[must_use]
pub fn items(forms: &[Form]) -> Vec<Form> {
    let mut found = Vec::new();
    for form in forms {
        if let Shape::List(list) = form.node.shape {
            resolve(Form { node: &list.items, past: form.past }, false, &mut found, 0);
        }
    }
    found
}

/// The entries that mappings among the forms may have, in the order of the tables.
///
/// Mappings that do not allow the keys that are there are left out, as long as another one remains.
#[must_use]
pub fn entries(forms: &[Form], beside: &Beside<'_>, names: Names) -> Vec<Known> {
    let maps = || {
        forms.iter().filter_map(|form| match form.node.shape {
            Shape::Map(object) => Some((object, form.past)),
            _ => None,
        })
    };
    let one_fits = maps().any(|(object, _)| lists(object) && fits(object, beside, names));
    let mut found: Vec<Known> = Vec::new();
    for (object, past) in maps() {
        if one_fits && !fits(object, beside, names) {
            continue;
        }
        let past = Past { deprecated: None, ..past };
        for key in object.keys {
            add(&mut found, Known::of_key(key, object, past));
        }
        let named = object.patterns.iter().map(|(pattern, node)| (Name::Matching(pattern), node));
        let rest = if let Rest::Each(node) = object.rest { Some((Name::Any, node)) } else { None };
        for (name, node) in named.chain(rest) {
            add(&mut found, Known { name, node, object, past: past.inside(node) });
        }
    }
    found
}

/// Whether a mapping says which keys it may have.
fn lists(object: &Object) -> bool {
    !object.keys.is_empty() || !object.patterns.is_empty() || matches!(object.rest, Rest::Each(_))
}

/// Adds an entry. One that another form of the mapping has, too, is there once and lives as long as both together.
fn add(found: &mut Vec<Known>, known: Known) {
    let says_the_same = |other: &Known| {
        !known.node.doc.is_empty()
            && other.node.doc == known.node.doc
            && other.node.deprecated == known.node.deprecated
    };
    let same = |other: &&mut Known| {
        other.written() == known.written() && (std::ptr::eq(other.node, known.node) || says_the_same(other))
    };
    match found.iter_mut().find(same) {
        Some(other) => other.past = other.past.or(known.past),
        None => found.push(known),
    }
}

/// The entries of this name in the mappings among the forms, each by itself, in whatever release.
#[must_use]
pub fn named_in(forms: &[Form], name: &str) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    for form in forms {
        let Shape::Map(object) = form.node.shape else { continue };
        let past = Past { deprecated: None, ..form.past };
        let mut listed = false;
        for key in object.keys.iter().filter(|key| key.name == name) {
            listed = true;
            if !found.iter().any(|known| std::ptr::eq(known.node, &key.node)) {
                found.push(Known::of_key(key, object, past));
            }
        }
        for (pattern, node) in object.patterns.iter().filter(|(pattern, _)| pattern.matches(name)) {
            listed = true;
            found.push(Known { name: Name::Matching(pattern), node, object, past: past.inside(node) });
        }
        if let Rest::Each(node) = object.rest
            && !listed
        {
            found.push(Known { name: Name::Any, node, object, past: past.inside(node) });
        }
    }
    found
}

/// The entries that may have this name. A key of the tables goes before names that are up to the user.
#[must_use]
pub fn named(entries: &[Known], name: &str, names: Names) -> Vec<Known> {
    let is_listed = |known: &Known| matches!(known.name, Name::Key(key) if names.same(name, key.name));
    let listed = entries.iter().any(is_listed);
    let fits = |known: &&Known| match known.name {
        Name::Key(_) => is_listed(known),
        // `*` stands for any name.
        Name::Matching(pattern) => !listed && (name == "*" || pattern.matches(name)),
        Name::Any => !listed,
    };
    entries.iter().filter(fits).copied().collect()
}

/// Whether a mapping allows the keys that are there, with the values that they have.
fn fits(object: &Object, beside: &Beside<'_>, names: Names) -> bool {
    beside.iter().all(|(name, value)| {
        let mut keys = object.keys.iter().filter(|key| names.same(name, key.name)).peekable();
        if keys.peek().is_none() {
            let matches = object.patterns.iter().any(|(pattern, _)| pattern.matches(name));
            return matches || !matches!(object.rest, Rest::Closed);
        }
        keys.any(|key| match (key.node.shape, value) {
            (Shape::Words(words), Some(written)) => words.contains(written),
            _ => true,
        })
    })
}
