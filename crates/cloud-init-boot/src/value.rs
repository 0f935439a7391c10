//! Values as Python has them, each with the place in a text that it comes from.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use dryboot_machine::Cause;
use foldhash::fast::RandomState;
use indexmap::{Equivalent, IndexMap};

use crate::raised::Raised;

/// A mapping, in the order in which Python goes through it.
pub(crate) type Map = IndexMap<Key, Value, RandomState>;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// The value.
    pub(crate) data: Data,
    /// Where it is written; none for what nobody wrote.
    pub(crate) cause: Option<Cause>,
}

/// A value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Data {
    /// `None`
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// The digits of a whole number that does not fit.
    BigInt(Box<str>),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A date or a time, as Python prints it.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A dictionary.
    Map(Map),
}

/// A key of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Text.
    Text(Box<str>),
    /// A whole number.
    Int(i64),
    /// A boolean.
    Bool(bool),
    /// `None`
    Null,
    /// Anything else, as Python prints it.
    Other(Box<str>),
}

impl Key {
    /// The text, if it is one.
    #[must_use]
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The name of Python's type.
    #[must_use]
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "str",
            Self::Int(_) => "int",
            Self::Bool(_) => "bool",
            Self::Null => "NoneType",
            Self::Other(_) => "object",
        }
    }

    /// What `str` makes of it.
    #[must_use]
    pub(crate) fn shown(&self) -> String {
        self.as_shown().into_owned()
    }

    /// The same, for whoever only looks at it.
    #[must_use]
    pub(crate) fn as_shown(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Other(text) => Cow::Borrowed(text),
            Self::Int(int) => int.to_string().into(),
            Self::Bool(truth) => if *truth { "True" } else { "False" }.into(),
            Self::Null => "None".into(),
        }
    }
}

/// A key that is text, as somebody asks for it.
struct TextKey<'t>(&'t str);

impl Hash for TextKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Equivalent<Key> for TextKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        key.text() == Some(self.0)
    }
}

/// Text has the hash of a [`TextKey`].
impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Text(text) | Self::Other(text) => text.hash(state),
            Self::Int(int) => int.hash(state),
            Self::Bool(truth) => truth.hash(state),
            Self::Null => {}
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// `None`, for whoever asks for what is not there.
pub(crate) static NOTHING: Value = Value { data: Data::Null, cause: None };

impl Value {
    /// Puts the keys of every map in order. Python cannot order keys of several types, and leaves them.
    pub(crate) fn sort(&mut self) {
        match &mut self.data {
            Data::Map(map) => {
                if map.keys().all(|key| key.text().is_some()) && !map.keys().is_sorted_by_key(Key::text) {
                    map.sort_by(|a, _, b, _| a.text().cmp(&b.text()));
                }
                map.values_mut().for_each(Self::sort);
            }
            Data::List(items) => items.iter_mut().for_each(Self::sort),
            _ => {}
        }
    }

    /// A value that nobody wrote.
    #[must_use]
    pub(crate) fn of(data: Data) -> Self {
        Self { data, cause: None }
    }

    /// Text that nobody wrote.
    #[must_use]
    pub(crate) fn from_text(text: impl Into<String>) -> Self {
        Self::of(Data::Text(text.into()))
    }

    /// A list of texts that nobody wrote.
    #[must_use]
    pub(crate) fn from_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::of(Data::List(texts.into_iter().map(Self::from_text).collect()))
    }

    /// An empty dictionary.
    #[must_use]
    pub(crate) fn empty() -> Self {
        Self::of(Data::Map(Map::default()))
    }

    /// What JSON says.
    #[must_use]
    pub(crate) fn from_json(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        Self::of(match json {
            Json::Null => Data::Null,
            Json::Bool(truth) => Data::Bool(*truth),
            Json::Number(number) => match number.as_i64() {
                Some(int) => Data::Int(int),
                None => Data::Float(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => Data::Text(text.clone()),
            Json::Array(items) => Data::List(items.iter().map(Self::from_json).collect()),
            Json::Object(entries) => Data::Map(
                entries
                    .iter()
                    .map(|(key, value)| (Key::from(key.as_str()), Self::from_json(value)))
                    .collect(),
            ),
        })
    }

    /// The entries, if it is a dictionary.
    #[must_use]
    pub(crate) fn map(&self) -> Option<&Map> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub(crate) fn list(&self) -> Option<&[Self]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a dictionary has under a key.
    #[must_use]
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.get(&TextKey(key))
    }

    /// What a dictionary has under a key, and under a key in that.
    #[must_use]
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// Whether it is a dictionary with a key.
    #[must_use]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The words of a command, which are the items of a list.
    ///
    /// # Errors
    /// A word is not text, so that Python cannot run it.
    pub(crate) fn words(&self) -> Result<Vec<String>, Raised> {
        let word = |item: &Self| match item.text() {
            Some(text) => Ok(text.to_owned()),
            None => Err(Raised::no_attribute(item.type_name(), "encode")),
        };
        self.list().unwrap_or_default().iter().map(word).collect()
    }

    /// Whether Python can look it up in a set.
    ///
    /// # Errors
    /// It is a list or a dictionary.
    pub(crate) fn hashed(&self) -> Result<(), Raised> {
        match self.data {
            Data::List(_) | Data::Map(_) => {
                Err(Raised::type_error(format!("a {} cannot be in a set", self.type_name())))
            }
            _ => Ok(()),
        }
    }

    /// Whether it is a boolean.
    #[must_use]
    pub(crate) fn is_flag(&self) -> bool {
        matches!(self.data, Data::Bool(_))
    }

    /// Whether it is `None`.
    #[must_use]
    pub(crate) fn is_null(&self) -> bool {
        self.data == Data::Null
    }

    /// Adds an entry to a dictionary, or replaces one; any other value stays as it is.
    pub(crate) fn set(&mut self, key: &str, value: Self) {
        if let Data::Map(map) = &mut self.data {
            map.insert(Key::from(key), value);
        }
    }

    /// Every place that the value and all in it come from.
    pub(crate) fn causes(&self, found: &mut Vec<Cause>) {
        found.extend(self.cause.clone());
        match &self.data {
            Data::List(items) => items.iter().for_each(|item| item.causes(found)),
            Data::Map(map) => map.values().for_each(|value| value.causes(found)),
            _ => {}
        }
    }
}
