//! Metadata that is a tree of small texts: EC2's and Compute Engine's.

use std::collections::BTreeMap;
use std::net::IpAddr;

use dryboot_coreos::Target;
use dryboot_machine::MachineDescription;
use dryboot_yaml::go_syntax::quote;
use serde_json::Value;

use super::{set, set_address};
use crate::program::Program;

/// A tree of metadata by path. Nested objects and paths with slashes mean the same.
struct Tree(BTreeMap<String, String>);

impl Tree {
    /// `roots` are what may precede every path.
    fn new(value: &Value, roots: &[&str]) -> Self {
        let mut leaves = BTreeMap::new();
        collect(value, String::new(), &mut leaves);
        let without_root = |path: String| {
            let path = path.trim_start_matches('/');
            roots.iter().find_map(|root| path.strip_prefix(root)).unwrap_or(path).to_owned()
        };
        Self(leaves.into_iter().map(|(path, text)| (without_root(path), text)).collect())
    }

    /// The text at a path; what is not found is empty.
    fn text(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }

    fn first_line(&self, path: &str) -> &str {
        self.text(path).lines().next().unwrap_or_default()
    }

    /// The names directly below a path.
    fn names(&self, path: &str) -> Vec<&str> {
        let prefix = format!("{path}/");
        let below = self.0.keys().filter_map(|key| key.strip_prefix(prefix.as_str()));
        let mut names: Vec<&str> = below.filter_map(|rest| rest.split('/').next()).collect();
        names.dedup();
        names
    }
}

fn collect(value: &Value, path: String, leaves: &mut BTreeMap<String, String>) {
    // A path never begins with a slash, and has none at its end.
    let below = |name: &str| {
        let name = name.trim_matches('/');
        if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                collect(value, below(name), leaves);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, below(&index.to_string()), leaves);
            }
        }
        Value::String(text) => {
            leaves.insert(path, text.clone());
        }
        Value::Number(_) | Value::Bool(_) => {
            leaves.insert(path, value.to_string());
        }
        Value::Null => {}
    }
}

const EC2_ROOTS: &[&str] = &["2009-04-04/meta-data/", "latest/meta-data/", "meta-data/"];

pub(super) fn ec2(value: &Value, target: Target, machine: &mut MachineDescription) {
    const KEYS: &str = "public-keys";
    let tree = Tree::new(value, EC2_ROOTS);
    let listed: Vec<&str> = match tree.text(KEYS) {
        // The service lists `0=NAME`, and that is how a nested tree names its members.
        "" => tree.names(KEYS),
        lines => lines.lines().collect(),
    };
    for line in listed {
        let Some((index, name)) = line.split_once('=') else {
            machine.metadata_error = Some(format!("malformed public key: {}", quote(line)));
            return;
        };
        let by_index = format!("{KEYS}/{index}/openssh-key");
        let by_line = format!("{KEYS}/{line}/openssh-key");
        let paths = [by_index, by_line];
        let key = paths.iter().map(|path| tree.first_line(path)).find(|key| !key.is_empty());
        machine.ssh_keys.insert(name.to_owned(), key.unwrap_or_default().to_owned());
    }
    let taken = Program::of(target).ec2_hostname;
    set(&mut machine.hostname, taken(tree.first_line("hostname")));
    set_address(&mut machine.private_ipv4, tree.text("local-ipv4"));
    set_address(&mut machine.public_ipv4, tree.text("public-ipv4"));
}

const GCE_ROOTS: &[&str] = &["computeMetadata/v1/"];

pub(super) fn gce(value: &Value, machine: &mut MachineDescription) {
    const NIC: &str = "instance/network-interfaces/0";
    let tree = Tree::new(value, GCE_ROOTS);
    for (path, slot) in [
        (format!("{NIC}/access-configs/0/external-ip"), &mut machine.public_ipv4),
        (format!("{NIC}/ip"), &mut machine.private_ipv4),
    ] {
        match tree.text(&path) {
            "" => {}
            text if text.parse::<IpAddr>().is_ok() => *slot = Some(text.to_owned()),
            text => {
                machine.metadata_error = Some(format!("{} is not an IP address", quote(text)));
                return;
            }
        }
    }
    set(&mut machine.hostname, tree.text("instance/hostname"));
}
