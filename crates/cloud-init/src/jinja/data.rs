//! What a template can ask for.

use minijinja::Value;
use serde_json::{Map, Value as Json};

/// What is known of a machine: the content of `instance-data.json`.
#[derive(Clone, Debug)]
pub struct InstanceData {
    value: Value,
}

impl InstanceData {
    /// Reads the JSON that cloud-init leaves on a machine as `/run/cloud-init/instance-data.json`.
    ///
    /// # Errors
    /// When it is not a JSON object.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        let object: Map<String, Json> = serde_json::from_str(json)?;
        Ok(Self { value: serde_json::from_value(Json::Object(with_aliases(object)))? })
    }

    pub(super) fn value(&self) -> &Value {
        &self.value
    }
}

/// Adds each key again under the name that a template can write with dots, and what is in `v1` at the top.
fn with_aliases(object: Map<String, Json>) -> Map<String, Json> {
    let mut all = Map::new();
    for (key, value) in object {
        let value = match value {
            Json::Object(inner) => {
                let inner = with_aliases(inner);
                if is_version(&key) {
                    all.extend(inner.clone());
                }
                Json::Object(inner)
            }
            other => other,
        };
        let alias = alias(&key);
        if alias != key {
            all.insert(alias, value.clone());
        }
        all.insert(key, value);
    }
    all
}

fn is_version(key: &str) -> bool {
    key.strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The key with each of Jinja's operators replaced by an underscore.
fn alias(key: &str) -> String {
    const LONG: [&str; 6] = ["//", "**", "==", "!=", ">=", "<="];
    let mut alias = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(char) = rest.chars().next() {
        let operator =
            LONG.iter().find(|operator| rest.starts_with(**operator)).map(|operator| operator.len());
        let operator = operator.or_else(|| "+-/*%~[](){}><=.:|,;".contains(char).then_some(1));
        alias.push(if operator.is_some() { '_' } else { char });
        rest = &rest[operator.unwrap_or(char.len_utf8())..];
    }
    alias
}
