//! Values as JSON Schema sees them.

use std::cell::Cell;

use dryboot_yaml::python::{self, DictEntry, Loaded};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::{Content, NodeId, Tree};

/// A value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'t> {
    /// Nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// The digits of a whole number that is too large for [`Value::Int`].
    BigInt(&'t str),
    /// A number with a fraction.
    Float(f64),
    /// A string.
    Str(&'t str),
    /// Bytes, which count as a string.
    Bytes(&'t [u8]),
    /// A list: its items.
    List(&'t [NodeId]),
    /// The items of a list of pairs, which are neither lists nor mappings.
    Pairs(NodeId),
    /// A mapping: its entries, with merge keys carried out and of equal keys one.
    Map(&'t [DictEntry]),
    /// What JSON has no name for: dates, sets, pairs.
    Other,
}

/// A tree with the values that the program builds from it.
#[derive(Debug)]
pub struct View<'t> {
    tree: &'t Tree,
    loaded: &'t Loaded,
    /// The value of each node, which is asked for again and again.
    values: Vec<Value<'t>>,
    visits: Cell<usize>,
}

impl<'t> View<'t> {
    /// A view of `tree`, of which at most so many values are visited: aliases repeat what they stand for.
    #[must_use]
    pub fn new(tree: &'t Tree, loaded: &'t Loaded, visits: usize) -> Self {
        let values = tree.ids().map(|id| of_node(tree, loaded, id)).collect();
        Self { tree, loaded, values, visits: Cell::new(visits) }
    }

    /// The tree after it.
    #[must_use]
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }

    /// Takes one of the visits; false when none is left.
    pub(crate) fn visit(&self) -> bool {
        let left = self.visits.get();
        self.visits.set(left.saturating_sub(1));
        left > 0
    }

    /// The value at `id`.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value<'t> {
        self.values.get(id.index()).copied().unwrap_or(Value::Other)
    }

    /// The items of a list of pairs.
    #[must_use]
    pub fn pairs(&self, id: NodeId) -> Vec<NodeId> {
        match self.tree.resolve(id).map(|id| &self.tree.node(id).content) {
            Some(Content::Sequence(items)) => items.iter().map(|item| item.value).collect(),
            _ => Vec::new(),
        }
    }

    /// A key's text, when it is a string.
    #[must_use]
    pub fn key_str(&self, key: NodeId) -> Option<&'t str> {
        match self.value(key) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The entry of a mapping with this key.
    #[must_use]
    pub fn entry(&self, mapping: NodeId, name: &str) -> Option<DictEntry> {
        match self.value(mapping) {
            Value::Map(entries) => {
                entries.iter().find(|entry| self.key_str(entry.key) == Some(name)).copied()
            }
            _ => None,
        }
    }

    /// A key as Python writes it.
    #[must_use]
    pub fn key_name(&self, key: NodeId) -> String {
        match self.value(key) {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Int(int) => int.to_string(),
            Value::BigInt(digits) => digits.to_owned(),
            Value::Float(float) => format!("{float:?}"),
            Value::Str(text) => text.to_owned(),
            Value::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
            Value::List(_) | Value::Pairs(_) | Value::Map(_) | Value::Other => {
                text(self.tree, key).to_owned()
            }
        }
    }

    /// Whether two values are equal, as JSON Schema compares them: `1` and `true` are not.
    #[must_use]
    pub fn equal(&self, one: NodeId, two: NodeId) -> bool {
        if one == two || !self.visit() {
            return one == two;
        }
        match (self.value(one), self.value(two)) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Int(one), Value::Int(two)) => one == two,
            (Value::BigInt(one), Value::BigInt(two)) => one == two,
            (Value::Float(one), Value::Float(two)) => one == two,
            #[expect(clippy::cast_precision_loss, reason = "as the program compares an int with a float")]
            (Value::Int(int), Value::Float(float)) | (Value::Float(float), Value::Int(int)) => {
                int as f64 == float
            }
            (Value::Str(one), Value::Str(two)) => one == two,
            (Value::Bytes(one), Value::Bytes(two)) => one == two,
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| self.equal(*one, *two))
            }
            (Value::Map(one), Value::Map(two)) => {
                let same = |one: &DictEntry, two: &DictEntry| {
                    self.equal(one.key, two.key) && self.equal(one.value, two.value)
                };
                one.len() == two.len() && one.iter().all(|one| two.iter().any(|two| same(one, two)))
            }
            (Value::Other, Value::Other) => {
                self.loaded.value(one).is_some_and(|value| self.loaded.value(two) == Some(value))
            }
            _ => false,
        }
    }
}

fn of_node<'t>(tree: &'t Tree, loaded: &'t Loaded, id: NodeId) -> Value<'t> {
    match loaded.value(id) {
        None | Some(python::Value::Set(_)) => Value::Other,
        Some(python::Value::List(items)) => Value::List(items),
        Some(python::Value::Dict(entries)) => Value::Map(entries),
        Some(python::Value::Pairs(_)) => Value::Pairs(id),
        Some(python::Value::Scalar { scalar, text: id }) => match scalar {
            Scalar::Null => Value::Null,
            Scalar::Bool(truth) => Value::Bool(*truth),
            Scalar::Int(int) => Value::Int(*int),
            Scalar::Uint(_) => Value::BigInt(text(tree, *id)),
            Scalar::BigInt(digits) => Value::BigInt(digits),
            Scalar::Float(float) => Value::Float(*float),
            Scalar::Text => Value::Str(text(tree, *id)),
            Scalar::Binary(bytes) => Value::Bytes(bytes),
            Scalar::Timestamp | Scalar::Date(_) | Scalar::DateTime(_) | Scalar::Merge => Value::Other,
        },
    }
}

fn text(tree: &Tree, id: NodeId) -> &str {
    tree.node(id).text().unwrap_or_default()
}
