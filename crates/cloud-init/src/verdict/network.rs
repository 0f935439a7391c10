//! Which table a network configuration is held against.

use dryboot_schema::{Crash, Node, Release, Value, View};
use dryboot_yaml::NodeId;

use crate::keys::network_config::{VERSION_1, VERSION_2};

pub(super) enum Table {
    Schema(&'static Node),
    /// There is nothing to check, or this release cannot.
    Skipped,
    /// `network` is not a mapping, in which the version would be looked up.
    Crash(Crash),
}

pub(super) fn table(view: &View<'_>, root: NodeId, release: Release) -> Table {
    let entry = |of: NodeId, name: &str| view.entry(of, name).map(|entry| entry.value);
    let network = entry(root, "network");
    let is_empty = match view.value(network.unwrap_or(root)) {
        Value::Map(entries) => entries.is_empty(),
        Value::Pairs(pairs) => view.pairs(pairs).is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Str(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::Null | Value::Bool(false) | Value::Int(0) => true,
        Value::Float(float) => float == 0.0,
        Value::Bool(true) | Value::Int(_) | Value::BigInt(_) | Value::Other => false,
    };
    if is_empty {
        return Table::Skipped;
    }
    if let Some(network) = network.filter(|network| !matches!(view.value(*network), Value::Map(_))) {
        return Table::Crash(Crash::NotAMapping(network));
    }
    let version = entry(network.unwrap_or(root), "version").map(|version| view.value(version));
    let is = |wanted: i64| match version {
        Some(Value::Int(version)) => version == wanted,
        #[expect(clippy::cast_precision_loss, reason = "the versions are 1 and 2")]
        Some(Value::Float(version)) => version == wanted as f64,
        Some(Value::Bool(version)) => i64::from(version) == wanted,
        _ => false,
    };
    match is(1) {
        true => Table::Schema(&VERSION_1),
        // Before, everything but version 1 was left to netplan.
        _ if release < Release::new(24, 2) => Table::Skipped,
        _ => Table::Schema(&VERSION_2),
    }
}
