//! From a place in a text to what the tables know about it.

use dryboot_lint::assist::{Entry, Level};
use dryboot_schema::known::{Found, join};
use dryboot_schema::{Names, Node};

use crate::keys;
use crate::verdict::Kind;

/// What the tables know about the value at a path.
pub(super) fn found(text: &str, kind: Kind, path: &[Level<'_>]) -> Found {
    path.iter().fold(Found::root(root(text, kind), Names::Exact), |found, level| match level.key {
        None => found.item(),
        Some(name) => {
            let mut beside = beside(&level.entries);
            beside.push((name, None));
            found.value(name, &beside)
        }
    })
}

/// Keys that are there, as the tables are asked about them.
pub(super) fn beside<'t>(entries: &[Entry<'t>]) -> Vec<(&'t str, Option<&'t str>)> {
    entries.iter().map(|entry| (entry.key, entry.value)).collect()
}

/// A path as it is written, with a key after it.
pub(super) fn written(path: &[Level<'_>], name: Option<&str>) -> String {
    let keys = path.iter().map(|level| level.key).chain(name.map(Some));
    keys.fold(String::new(), |path, key| match key {
        Some(key) => join(&path, key),
        None => format!("{path}[]"),
    })
}

fn root(text: &str, kind: Kind) -> &'static Node {
    match kind {
        Kind::UserData | Kind::CloudConfig | Kind::Template => &keys::ROOT,
        Kind::NetworkConfig if names_version_1(text) => &keys::network_config::VERSION_1,
        Kind::NetworkConfig => &keys::network_config::VERSION_2,
    }
}

/// Whether a network configuration says that it is of version 1. Without a version it is held against version 2.
fn names_version_1(text: &str) -> bool {
    let version =
        |line: &str| line.trim_start().strip_prefix("version:").map(|version| version.trim() == "1");
    text.lines().find_map(version).unwrap_or(false)
}
