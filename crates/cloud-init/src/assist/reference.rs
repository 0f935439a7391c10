//! Every key, for the reference and for `explain`.

use dryboot_lint::assist::KeyDoc;
use dryboot_schema::known::{self, Form, Known, entries, items, join, named};
use dryboot_schema::{Names, Node};

use super::describe::{key_doc, said};
use crate::keys;
use crate::keys::network_config::{VERSION_1, VERSION_2};
use crate::keys::readers::READERS;
use crate::target::Target;

/// What reads the keys of network configurations, by version.
const NETWORK_CONFIG: [&str; 2] = [
    "cloud-init itself, in a network configuration of version 1",
    "cloud-init itself, in a network configuration of version 2",
];

/// Every key of every release, with what the target does with it: first those of the modules, by subject, then those of
/// network configurations.
#[must_use]
pub fn keys(target: &Target) -> Vec<KeyDoc> {
    let mut all = Vec::new();
    let top = entries(&known::forms(&keys::ROOT), &[], Names::Exact);
    for reader in &READERS {
        for name in reader.keys {
            let start = all.len();
            key(&named(&top, name, Names::Exact), "", target, &mut all);
            for doc in &mut all[start..] {
                doc.reader = said(reader.modules);
            }
        }
    }
    for (version, title) in [&VERSION_1, &VERSION_2].into_iter().zip(NETWORK_CONFIG) {
        network(version, title, target, &mut all);
    }
    all
}

/// The keys of a network configuration, as they stand below `network`.
fn network(version: &'static Node, title: &str, target: &Target, all: &mut Vec<KeyDoc>) {
    let start = all.len();
    let top = entries(&known::forms(version), &[("network", None)], Names::Exact);
    key(&named(&top, "network", Names::Exact), "", target, all);
    for doc in &mut all[start..] {
        title.clone_into(&mut doc.reader);
    }
}

/// A key, and what stands in it.
fn key(known: &[Known], outer: &str, target: &Target, all: &mut Vec<KeyDoc>) {
    let Some(first) = known.first() else { return };
    let path = join(outer, first.written());
    all.extend(key_doc(known, &path, target));
    let forms: Vec<Form> = known.iter().flat_map(Known::forms).collect();
    inside(&forms, path, target, all);
}

/// What stands in mappings and in lists of them.
fn inside(forms: &[Form], path: String, target: &Target, all: &mut Vec<KeyDoc>) {
    let entries = entries(forms, &[], Names::Exact);
    let mut done: Vec<&str> = Vec::new();
    for entry in &entries {
        let name = entry.written();
        if !done.contains(&name) {
            done.push(name);
            let same: Vec<Known> = entries.iter().copied().filter(|other| other.written() == name).collect();
            key(&same, &path, target, all);
        }
    }
    let items = items(forms);
    if !items.is_empty() {
        inside(&items, format!("{path}[]"), target, all);
    }
}
