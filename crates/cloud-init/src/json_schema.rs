//! The tables as JSON Schema.

use dryboot_schema::build::any_of;
use dryboot_schema::{Node, Release, json};
use serde_json::{Value, json};

use crate::keys::ROOT;
use crate::keys::network_config::{VERSION_1, VERSION_2};
use crate::target::Target;
use crate::verdict::{Kind, habits};

/// A network configuration of either version.
static NETWORK_CONFIG: Node = any_of(&[VERSION_1, VERSION_2]);

/// The schema of what a version of cloud-init accepts.
#[must_use]
pub fn json_schema(target: &Target, kind: Kind) -> Value {
    let habits = habits(target.release);
    let title = |what: &str| format!("{what} for {}", target.title());
    let schema = |what: &str, node| json::schema(&title(what), node, target.release, habits);
    match kind {
        Kind::UserData | Kind::CloudConfig | Kind::Template => schema("A cloud-config", &ROOT),
        Kind::NetworkConfig if target.release >= Release::new(24, 2) => {
            schema("A network configuration", &NETWORK_CONFIG)
        }
        Kind::NetworkConfig => only_version_1(schema("A network configuration", &VERSION_1)),
    }
}

/// Older releases leave everything but version 1 to netplan.
fn only_version_1(mut schema: Value) -> Value {
    let is_1 = json!({"properties": {"version": {"const": 1}}, "required": ["version"]});
    let within = json!({"properties": {"network": is_1}, "required": ["network"]});
    let mut whole = json!({"if": {"anyOf": [is_1, within]}});
    for keyword in ["$schema", "title", "definitions"] {
        if let Some(value) = schema.as_object_mut().and_then(|schema| schema.remove(keyword)) {
            whole[keyword] = value;
        }
    }
    whole["then"] = schema;
    whole
}
