//! What a data source is given, and how it reads it.

use dryboot_machine::Cause;
use dryboot_text::Span;
use serde_json::Value as Json;

use crate::image::Image;
use crate::input::Machine;
use crate::network;
use crate::raised::Raised;
use crate::read::read;
use crate::value::{Data, Map, Value};

/// What a data source is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'m> {
    /// The description of the machine.
    pub(super) machine: &'m Machine,
    /// The user-data, as the user has it.
    pub(super) user_data: &'m [u8],
    /// The image.
    pub(super) image: &'m Image,
}

impl Given<'_> {
    /// The metadata, in the platform's own form; what a machine has that nobody described is `default`.
    ///
    /// # Errors
    /// It cannot be read, or is not a mapping.
    pub(super) fn metadata(&self, default: &Json) -> Result<Value, Raised> {
        let metadata = self.any_metadata(default)?;
        if metadata.map().is_none() {
            return Err(Raised::type_error("the metadata is not a mapping"));
        }
        Ok(metadata)
    }

    /// The metadata, mapping or not.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn any_metadata(&self, default: &Json) -> Result<Value, Raised> {
        let machine = self.machine;
        match (&machine.metadata_raw, &machine.metadata) {
            (Some(text), _) => read(text, &|_: Span| Cause::Metadata("meta-data")),
            (None, Some(metadata)) => Ok(Value::from_json(metadata)),
            (None, None) => Ok(Value::from_json(default)),
        }
    }

    /// The user-data, or nothing if it is empty.
    #[must_use]
    pub(super) fn user_data(&self) -> Option<Vec<u8>> {
        Some(self.user_data.to_vec()).filter(|bytes| !bytes.is_empty())
    }

    /// The user-data after base64, if it is base64 throughout.
    #[must_use]
    pub(super) fn decoded_user_data(&self) -> Option<Vec<u8>> {
        let decoded = dryboot_user_data::base64::strict(self.user_data).filter(|bytes| !bytes.is_empty());
        decoded.or_else(|| self.user_data())
    }

    /// The network configuration that was given as text; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn network_config(&self) -> Result<Value, Raised> {
        let Some(text) = &self.machine.network_config else { return Ok(Value::default()) };
        let config = read(text, &|_: Span| Cause::Metadata("network-config"))?;
        Ok(config.get("network").cloned().unwrap_or(config))
    }
}

/// When the data of a data source are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Before the network is there.
    Local,
    /// Once the network is there.
    Network,
}

impl Mode {
    /// The mode that the metadata asks for.
    ///
    /// # Errors
    /// It asks not to be used.
    pub(super) fn of(asked: Option<&Value>) -> Result<Self, Raised> {
        match asked.and_then(Value::text) {
            Some("local") => Ok(Self::Local),
            Some("disabled") => Err(Raised::runtime_error("`dsmode` in the metadata disables it")),
            _ => Ok(Self::Network),
        }
    }
}

/// A value that the metadata must have.
///
/// # Errors
/// It has none.
pub(super) fn required(metadata: &Value, path: &[&str]) -> Result<String, Raised> {
    match metadata.at(path).filter(|value| !value.is_null()) {
        Some(value) => Ok(value.shown()),
        None => Err(Raised::key_error(path.last().unwrap_or(&"metadata"))),
    }
}

/// The text at a path, if there is any.
#[must_use]
pub(super) fn text_at(metadata: &Value, path: &[&str]) -> Option<String> {
    metadata.at(path).filter(|value| value.is_truthy()).map(Value::shown)
}

/// The items of a list at a path.
#[must_use]
pub(super) fn items<'v>(value: &'v Value, path: &[&str]) -> &'v [Value] {
    value.at(path).and_then(Value::list).unwrap_or_default()
}

/// A mapping.
#[must_use]
pub(super) fn mapping(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let entries: Map = entries.into_iter().map(|(key, value)| (key.into(), value)).collect();
    Value::of(Data::Map(entries))
}

/// The address on the wire that metadata has for an interface, as Linux writes it.
#[must_use]
pub(super) fn mac(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| network::MAC.to_owned(), Value::shown).to_lowercase();
    if text.len() != 12 || !text.is_ascii() {
        return text;
    }
    let pairs: Vec<&str> = (0..6).filter_map(|pair| text.get(2 * pair..2 * pair + 2)).collect();
    pairs.join(":")
}

/// The number of a machine among those that were launched together.
#[must_use]
pub(super) fn launch_index(metadata: &Value, key: &str) -> Option<i64> {
    match &metadata.get(key)?.data {
        Data::Int(index) => Some(*index),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The keys in the metadata: a text with lines, a list, or a map of names to texts or lists.
#[must_use]
pub(super) fn public_keys(value: Option<&Value>) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    match value.map(|value| &value.data) {
        Some(Data::Text(text)) => lines(text),
        Some(Data::List(items)) => items.iter().map(Value::shown).collect(),
        Some(Data::Map(map)) => map
            .values()
            .flat_map(|value| match &value.data {
                Data::Text(text) => lines(text),
                Data::List(items) => items.iter().map(Value::shown).collect(),
                Data::Map(_) => value.setting("openssh-key").into_iter().collect(),
                _ => Vec::new(),
            })
            .filter(|key| !key.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}
