//! YAML to values: what PyYAML's safe loader makes of a text, with the place of each value.

use std::rc::Rc;

use dryboot_cloud_init::verdict::Reading;
use dryboot_machine::Cause;
use dryboot_text::Span;
use dryboot_yaml::python::{self, Key as PythonKey, Loaded, Value as Built};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::{Dialect, Limits, NodeId, Tree, parse};

use crate::raised::Raised;
use crate::value::{Data, Key, Map, Value};

/// Where a span of a text comes from.
pub(crate) type Places<'p> = &'p dyn Fn(Span) -> Cause;

/// Reads a text as YAML.
///
/// # Errors
/// PyYAML does not read it, or breaks down over it.
pub(crate) fn read(text: &str, places: Places<'_>) -> Result<Value, Raised> {
    read_keeping(text, places).map(|read| read.value)
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// What is in it.
    pub(crate) value: Value,
    /// The same, for whoever holds it against the schema.
    pub(crate) reading: Rc<Reading>,
}

/// Reads a text as YAML, and keeps what it was read as.
///
/// # Errors
/// As for [`read`].
pub(crate) fn read_keeping(text: &str, places: Places<'_>) -> Result<Read, Raised> {
    let limits = Limits::default();
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &limits);
    if let Some(error) = &parsed.error {
        return Err(Raised::new("YAMLError", error.message.clone()));
    }
    let over = |limit: &dryboot_yaml::LimitExceeded| Raised::new("YAMLError", limit.message.clone());
    if let Some(limit) = &parsed.limit {
        return Err(over(limit));
    }
    if let Some(crash) = &parsed.crash {
        return Err(Raised::value_error(crash.message.clone()));
    }
    let loaded = python::load(&parsed.tree, &limits);
    match (&loaded.error, &loaded.crash, &loaded.limit) {
        (Some(error), ..) => return Err(Raised::new("YAMLError", error.message.clone())),
        (_, Some(crash), _) => return Err(Raised::value_error(crash.message.clone())),
        (.., Some(limit)) => return Err(over(limit)),
        _ => {}
    }
    // What the text has, and what aliases repeat.
    let left = parsed.tree.len() + limits.alias_expansion;
    let mut reader = Reader { tree: &parsed.tree, loaded: &loaded, places, left };
    let value = match parsed.tree.root() {
        Some(root) => reader.value(root, 0)?,
        None => Value::default(),
    };
    Ok(Read { value, reading: Rc::new(Reading { filled: None, parsed, loaded }) })
}

impl Default for Value {
    fn default() -> Self {
        Self::of(Data::Null)
    }
}

struct Reader<'r> {
    tree: &'r Tree,
    loaded: &'r Loaded,
    places: Places<'r>,
    /// How many values may still be made.
    left: usize,
}

/// Nested deeper than this, a value leads back to itself.
const DEPTH: usize = 200;

impl Reader<'_> {
    fn value(&mut self, id: NodeId, depth: usize) -> Result<Value, Raised> {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || depth > DEPTH {
            return Err(Raised::new("RecursionError", "the values lead back to themselves, or are too many"));
        }
        let cause = Some((self.places)(self.tree.node(id).span));
        let data = match self.loaded.value(id) {
            None => Data::Null,
            Some(Built::Scalar { scalar, text }) => {
                scalar_data(scalar, self.tree.node(*text).text().unwrap_or_default())
            }
            Some(Built::List(items)) => {
                Data::List(items.iter().map(|item| self.value(*item, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(Built::Dict(entries)) => {
                let mut map = Map::with_capacity_and_hasher(entries.len(), Default::default());
                for entry in entries {
                    let key = self.key(entry.key);
                    let mut value = self.value(entry.value, depth + 1)?;
                    let (named, own) = (self.tree.node(entry.key).span, self.tree.node(entry.value).span);
                    // What stands behind its key is due to both; an alias may stand for what is far away.
                    if named.end <= own.start {
                        value.cause = Some((self.places)(Span::new(named.start, own.end)));
                    }
                    map.insert(key, value);
                }
                Data::Map(map)
            }
            Some(Built::Set(items)) => {
                Data::Map(items.iter().map(|item| (self.key(*item), Value::default())).collect())
            }
            Some(Built::Pairs(entries)) => {
                let pair = |reader: &mut Self, key, value| {
                    let pair = vec![reader.value(key, depth + 1)?, reader.value(value, depth + 1)?];
                    Ok(Value::of(Data::List(pair)))
                };
                let pairs: Result<Vec<Value>, Raised> =
                    entries.iter().map(|entry| pair(self, entry.key, entry.value)).collect();
                Data::List(pairs?)
            }
        };
        Ok(Value { data, cause })
    }

    fn key(&self, id: NodeId) -> Key {
        match self.loaded.value(id) {
            Some(Built::Scalar { scalar: Scalar::Bool(truth), .. }) => return Key::Bool(*truth),
            Some(Built::Scalar { scalar: scalar @ (Scalar::Date(_) | Scalar::DateTime(_)), text }) => {
                let text = self.tree.node(*text).text().unwrap_or_default();
                return Key::Other(Value::of(scalar_data(scalar, text)).shown().into());
            }
            _ => {}
        }
        match self.loaded.key(self.tree, id) {
            Some(PythonKey::Text(text)) => Key::Text(text.into()),
            Some(PythonKey::Int(int)) => Key::Int(int),
            Some(PythonKey::None) | None => Key::Null,
            Some(PythonKey::BigInt(digits)) => Key::Other(digits),
            Some(PythonKey::Float(bits)) => {
                Key::Other(Value::of(Data::Float(f64::from_bits(bits))).shown().into())
            }
            Some(PythonKey::Nan | PythonKey::OtherNan(_)) => Key::Other("nan".into()),
            Some(PythonKey::Bytes(bytes)) => {
                Key::Other(Value::of(Data::Bytes(bytes.into_vec())).shown().into())
            }
            Some(PythonKey::Date(_) | PythonKey::LocalTime(_) | PythonKey::Time(_)) => {
                Key::Other("date".into())
            }
        }
    }
}

fn scalar_data(scalar: &Scalar, text: &str) -> Data {
    match scalar {
        Scalar::Null => Data::Null,
        Scalar::Bool(truth) => Data::Bool(*truth),
        Scalar::Int(int) => Data::Int(*int),
        Scalar::Uint(int) => Data::BigInt(int.to_string().into()),
        Scalar::BigInt(digits) => Data::BigInt(digits.clone()),
        Scalar::Float(float) => Data::Float(*float),
        Scalar::Binary(bytes) => Data::Bytes(bytes.clone()),
        Scalar::Date(date) => Data::Date(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        Scalar::DateTime(_) => Data::Date(text.to_owned()),
        Scalar::Timestamp | Scalar::Text | Scalar::Merge => Data::Text(text.to_owned()),
    }
}
