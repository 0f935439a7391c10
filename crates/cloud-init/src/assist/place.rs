//! From a place in a text to what the tables know about it.

use dryboot_lint::assist::{Entry, Level};
use dryboot_schema::Node;
use dryboot_schema::known::{self, Form, Known, entries, items, named};

use crate::keys;
use crate::verdict::Kind;

/// What the tables know about a place.
#[derive(Debug)]
pub(super) struct Found {
    /// The forms that the value there may have.
    pub(super) forms: Vec<Form>,
    /// What the last key of the path may be; empty for what the tables do not name.
    pub(super) keys: Vec<Known>,
    /// The path with `[]` and `*`.
    pub(super) pattern: String,
}

impl Found {
    /// The entries of the mapping at the place.
    pub(super) fn entries(&self, beside: &[(&str, Option<&str>)]) -> Vec<Known> {
        entries(&self.forms, beside)
    }
}

/// What the tables know about the value at a path.
pub(super) fn found(text: &str, kind: Kind, path: &[Level<'_>]) -> Found {
    let mut found = Found { forms: known::forms(root(text, kind)), keys: Vec::new(), pattern: String::new() };
    for level in path {
        match level.key {
            None => {
                found.forms = items(&found.forms);
                found.pattern.push_str("[]");
            }
            Some(name) => {
                let mut beside = beside(&level.entries);
                beside.push((name, None));
                let keys = named(&found.entries(&beside), name);
                found.forms = keys.iter().flat_map(Known::forms).collect();
                found.pattern = join(&found.pattern, keys.first().map_or("*", Known::written));
                found.keys = keys;
            }
        }
    }
    found
}

/// Keys that are there, as the tables are asked about them.
pub(super) fn beside<'t>(entries: &[Entry<'t>]) -> Vec<(&'t str, Option<&'t str>)> {
    entries.iter().map(|entry| (entry.key, entry.value)).collect()
}

/// A path as it is written, with a key behind it.
pub(super) fn written(path: &[Level<'_>], name: Option<&str>) -> String {
    let keys = path.iter().map(|level| level.key).chain(name.map(Some));
    keys.fold(String::new(), |path, key| match key {
        Some(key) => join(&path, key),
        None => format!("{path}[]"),
    })
}

pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
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
