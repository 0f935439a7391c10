//! Values as the program sees them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::values::{Budget, effective_entries};
use dryboot_yaml::{Content, Dialect, Item, NodeId, Tree};

/// A value.
#[derive(Clone, Debug)]
pub enum Value<'t> {
    /// Nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// A string.
    Str(&'t str),
    /// Bytes, which count as a string.
    Bytes(Vec<u8>),
    /// A list.
    List(&'t [Item]),
    /// A mapping.
    Map(Rc<[Pair]>),
    /// What JSON has no name for: dates, sets.
    Other,
}

/// An entry of a mapping, as it takes effect: merge keys are carried out, of equal keys the last one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The key.
    pub key: NodeId,
    /// Its value.
    pub value: NodeId,
}

/// A tree, read as the program reads it.
#[derive(Debug)]
pub struct View<'t> {
    tree: &'t Tree,
    dialect: Dialect,
    budget: RefCell<Budget>,
    mappings: RefCell<HashMap<NodeId, Rc<[Pair]>>>,
    /// Items of `!!omap` and `!!pairs`, which are pairs and not mappings.
    pairs: HashSet<NodeId>,
}

impl<'t> View<'t> {
    /// A view of `tree`. Following aliases and merge keys costs no more than `nodes` visits; what lies beyond is
    /// not seen.
    #[must_use]
    pub fn new(tree: &'t Tree, dialect: Dialect, nodes: usize) -> Self {
        let pairs = tree
            .ids()
            .filter(|id| is_tagged(tree, *id, &["omap", "pairs"]))
            .filter_map(|id| match &tree.node(id).content {
                Content::Sequence(items) => Some(items),
                _ => None,
            })
            .flatten()
            .filter_map(|item| tree.resolve(item.value))
            .collect();
        Self { tree, dialect, budget: RefCell::new(Budget(nodes)), mappings: RefCell::default(), pairs }
    }

    /// The tree behind it.
    #[must_use]
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }

    /// Takes a visit from the budget; false when it is used up.
    pub(crate) fn visit(&self) -> bool {
        self.budget.borrow_mut().take()
    }

    /// The value at `id`.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value<'t> {
        let Some(id) = self.tree.resolve(id) else { return Value::Null };
        let node = self.tree.node(id);
        match &node.content {
            Content::Scalar { text, style } => match resolve(text, *style, node.tag.as_deref(), self.dialect)
            {
                Ok(Scalar::Null) => Value::Null,
                Ok(Scalar::Bool(truth)) => Value::Bool(truth),
                Ok(Scalar::Int(int)) => Value::Int(int.into()),
                Ok(Scalar::Uint(int)) => Value::Int(int.into()),
                Ok(Scalar::Float(float)) => Value::Float(float),
                Ok(Scalar::Text) => Value::Str(text),
                Ok(Scalar::Binary(bytes)) => Value::Bytes(bytes),
                Ok(Scalar::Timestamp | Scalar::Merge) | Err(_) => Value::Other,
            },
            Content::Sequence(items) => Value::List(items),
            Content::Mapping(_) if self.pairs.contains(&id) || is_tagged(self.tree, id, &["set"]) => {
                Value::Other
            }
            Content::Mapping(_) => Value::Map(self.pairs(id)),
            Content::Alias { .. } => Value::Null,
        }
    }

    /// The entries of the mapping at `id`.
    fn pairs(&self, id: NodeId) -> Rc<[Pair]> {
        if let Some(known) = self.mappings.borrow().get(&id) {
            return Rc::clone(known);
        }
        let entries = effective_entries(self.tree, id, self.dialect, &mut self.budget.borrow_mut());
        let mut last = HashMap::new();
        let mut pairs: Vec<Option<Pair>> = Vec::with_capacity(entries.len());
        for entry in entries {
            let pair = Pair { key: entry.key, value: entry.value };
            match self.tree.resolve(entry.key).and_then(|key| self.key_text(key)) {
                Some(key) => match last.insert(key, pairs.len()) {
                    Some(earlier) => {
                        pairs[earlier] = None;
                        pairs.push(Some(pair));
                    }
                    None => pairs.push(Some(pair)),
                },
                None => pairs.push(Some(pair)),
            }
        }
        let pairs: Rc<[Pair]> = pairs.into_iter().flatten().collect();
        self.mappings.borrow_mut().insert(id, Rc::clone(&pairs));
        pairs
    }

    /// What makes a key equal to another: its type, and what is written.
    fn key_text(&self, id: NodeId) -> Option<(u8, String)> {
        Some(match self.value(id) {
            Value::Null => (0, String::new()),
            Value::Bool(truth) => (1, i32::from(truth).to_string()),
            Value::Int(int) => (1, int.to_string()),
            Value::Float(float) => (1, float.to_string()),
            Value::Str(text) => (2, text.to_owned()),
            Value::Bytes(bytes) => (3, format!("{bytes:?}")),
            Value::Other => (4, self.tree.node(id).text()?.to_owned()),
            Value::List(_) | Value::Map(_) => return None,
        })
    }

    /// A key's text, when it is a string.
    #[must_use]
    pub fn key_str(&self, key: NodeId) -> Option<&'t str> {
        match self.value(key) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// A key as the program writes it in a path.
    #[must_use]
    pub fn key_name(&self, key: NodeId) -> String {
        match self.value(key) {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Int(int) => int.to_string(),
            Value::Float(float) => format!("{float:?}"),
            Value::Str(text) => text.to_owned(),
            Value::Bytes(bytes) => format!("b'{}'", String::from_utf8_lossy(&bytes)),
            Value::List(_) | Value::Map(_) | Value::Other => {
                self.tree.node(key).text().unwrap_or_default().to_owned()
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
            (Value::Float(one), Value::Float(two)) => one == two,
            #[expect(clippy::cast_precision_loss, reason = "as the program compares an int with a float")]
            (Value::Int(int), Value::Float(float)) | (Value::Float(float), Value::Int(int)) => {
                int as f64 == float
            }
            (Value::Str(one), Value::Str(two)) => one == two,
            (Value::Bytes(one), Value::Bytes(two)) => one == two,
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len()
                    && one.iter().zip(two).all(|(one, two)| self.equal(one.value, two.value))
            }
            (Value::Map(one), Value::Map(two)) => {
                one.len() == two.len()
                    && one.iter().all(|pair| {
                        two.iter().any(|other| {
                            self.equal(pair.key, other.key) && self.equal(pair.value, other.value)
                        })
                    })
            }
            (Value::Other, Value::Other) => {
                let text = |id| self.tree.resolve(id).and_then(|id| self.tree.node(id).text());
                text(one) == text(two)
            }
            _ => false,
        }
    }
}

/// Whether a node has one of these tags of YAML's own.
fn is_tagged(tree: &Tree, id: NodeId, names: &[&str]) -> bool {
    let tag = tree.node(id).tag.as_deref().and_then(|tag| tag.strip_prefix("tag:yaml.org,2002:"));
    tag.is_some_and(|tag| names.contains(&tag))
}
