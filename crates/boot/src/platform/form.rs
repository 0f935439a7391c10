//! Metadata in a platform's own form, as the program reads it.
//!
//! What the program would refuse becomes [`MachineDescription::metadata_error`]: it is part of the
//! boot, not a fault of the input. Only what is no such JSON at all is an error here.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use dryboot_config::Target;
use dryboot_yaml::go_syntax::quote;
use serde_json::Value;

use super::{Form, Platform};
use crate::machine::MachineDescription;

/// Why metadata cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The platform has no metadata.
    None(&'static str),
    /// The platform's own form is not read here.
    Unread(&'static str),
    /// It is no JSON; the words name the place.
    Json(String),
    /// It is JSON, but no object.
    NoObject,
    /// A member has another type than the platform gives it.
    Type {
        /// Where it is.
        path: String,
        /// What is expected there.
        expected: &'static str,
    },
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None(platform) => write!(f, "the platform `{platform}` has no metadata"),
            Self::Unread(platform) => {
                write!(f, "the metadata of `{platform}` is no JSON: describe the machine instead")
            }
            Self::Json(words) => f.write_str(words),
            Self::NoObject => f.write_str("expected an object"),
            Self::Type { path, expected } => write!(f, "expected {expected} at `{path}`"),
        }
    }
}

impl std::error::Error for FormError {}

/// Adds a platform's metadata to the description of a machine. `file` gives the content of a file
/// of the config drive, by its path below `openstack`; other forms do not ask for files.
///
/// # Errors
/// The text is not JSON of the platform's form.
pub fn describe(
    platform: &Platform,
    target: Target,
    json: &[u8],
    file: impl Fn(&str) -> Option<Vec<u8>>,
    machine: &mut MachineDescription,
) -> Result<(), FormError> {
    let Some(form) = platform.metadata_form else {
        let has_metadata = platform.datasources.iter().any(|source| source.metadata.is_some());
        return Err(if has_metadata {
            FormError::Unread(platform.name)
        } else {
            FormError::None(platform.name)
        });
    };
    let value: Value = serde_json::from_slice(json).map_err(|error| FormError::Json(error.to_string()))?;
    if !value.is_object() {
        return Err(FormError::NoObject);
    }
    match form {
        Form::Ec2 => ec2(&value, target, machine),
        Form::ConfigDrive => config_drive(&value, file, machine)?,
        Form::DigitalOcean => digitalocean(&value, machine)?,
        Form::Gce => gce(&value, machine),
        Form::Packet => packet(&value, machine)?,
    }
    Ok(())
}

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

fn ec2(value: &Value, target: Target, machine: &mut MachineDescription) {
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
    let hostname = tree.first_line("hostname");
    let hostname = match target {
        Target::CoreOs => hostname.split(' ').next().unwrap_or_default(),
        Target::Flatcar => hostname,
    };
    set(&mut machine.hostname, hostname);
    set_address(&mut machine.private_ipv4, tree.text("local-ipv4"));
    set_address(&mut machine.public_ipv4, tree.text("public-ipv4"));
}

fn config_drive(
    value: &Value,
    file: impl Fn(&str) -> Option<Vec<u8>>,
    machine: &mut MachineDescription,
) -> Result<(), FormError> {
    for (name, key) in object(value, "public_keys")?.into_iter().flatten() {
        machine.ssh_keys.insert(name.clone(), string(key, &format!("public_keys.{name}"))?.to_owned());
    }
    set(&mut machine.hostname, member(value, "hostname", "hostname")?);
    let network = value.get("network_config").unwrap_or(&Value::Null);
    let path = member(network, "content_path", "network_config.content_path")?;
    if path.is_empty() {
        return Ok(());
    }
    let given = member(network, "content", "network_config.content")?;
    let content = match given {
        "" => file(path).map_or_else(String::new, |bytes| String::from_utf8_lossy(&bytes).into_owned()),
        given => given.to_owned(),
    };
    machine.network_config = Some(content);
    Ok(())
}

fn digitalocean(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
    set(&mut machine.hostname, member(value, "hostname", "hostname")?);
    let interface = |kind: &str, family: &str| {
        let address = value.pointer(&format!("/interfaces/{kind}/0/{family}/ip_address"));
        address.and_then(Value::as_str).unwrap_or_default()
    };
    set_address(&mut machine.public_ipv4, interface("public", "ipv4"));
    set_address(&mut machine.public_ipv6, interface("public", "ipv6"));
    set_address(&mut machine.private_ipv4, interface("private", "ipv4"));
    set_address(&mut machine.private_ipv6, interface("private", "ipv6"));
    keys_by_index(value, "public_keys", machine)
}

const GCE_ROOTS: &[&str] = &["computeMetadata/v1/"];

fn gce(value: &Value, machine: &mut MachineDescription) {
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
                machine.metadata_error = Some(format!("{} is no address", quote(text)));
                return;
            }
        }
    }
    set(&mut machine.hostname, tree.text("instance/hostname"));
}

/// The last address of a kind counts. What is not IPv4 is the public IPv6 address.
fn packet(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
    set(&mut machine.hostname, member(value, "hostname", "hostname")?);
    let addresses = value.pointer("/network/addresses").and_then(Value::as_array);
    for address in addresses.into_iter().flatten() {
        let text = member(address, "address", "network.addresses[].address")?;
        let is_ipv4 = address.get("address_family").and_then(Value::as_i64) == Some(4);
        let is_public = address.get("public").and_then(Value::as_bool) == Some(true);
        let slot = match (is_ipv4, is_public) {
            (true, true) => &mut machine.public_ipv4,
            (true, false) => &mut machine.private_ipv4,
            (false, _) => &mut machine.public_ipv6,
        };
        set_address(slot, text);
    }
    keys_by_index(value, "ssh_keys", machine)
}

/// Keys without names are numbered.
fn keys_by_index(value: &Value, name: &str, machine: &mut MachineDescription) -> Result<(), FormError> {
    let keys = match value.get(name) {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(keys)) => keys,
        Some(_) => return Err(FormError::Type { path: name.to_owned(), expected: "a list" }),
    };
    for (index, key) in keys.iter().enumerate() {
        let key = string(key, &format!("{name}[{index}]"))?;
        machine.ssh_keys.insert(index.to_string(), key.to_owned());
    }
    Ok(())
}

fn set(slot: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}

/// What is no address counts as absent.
fn set_address(slot: &mut Option<String>, text: &str) {
    if text.parse::<IpAddr>().is_ok() {
        *slot = Some(text.to_owned());
    }
}

fn object<'v>(value: &'v Value, name: &str) -> Result<Option<&'v serde_json::Map<String, Value>>, FormError> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(FormError::Type { path: name.to_owned(), expected: "an object" }),
    }
}

/// A text that may be missing.
fn member<'v>(value: &'v Value, name: &str, path: &str) -> Result<&'v str, FormError> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(""),
        Some(value) => string(value, path),
    }
}

fn string<'v>(value: &'v Value, path: &str) -> Result<&'v str, FormError> {
    value.as_str().ok_or_else(|| FormError::Type { path: path.to_owned(), expected: "a string" })
}
