//! Metadata that is a JSON document of a fixed shape.

use dryboot_machine::MachineDescription;
use serde_json::Value;

use super::{FormError, set, set_address};

pub(super) fn config_drive(
    value: &Value,
    file: impl Fn(&str) -> Option<Vec<u8>>,
    machine: &mut MachineDescription,
    notes: &mut Vec<String>,
) -> Result<(), FormError> {
    interfaces(value, machine)?;
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
        "" => match file(path) {
            Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            None => {
                notes.push(format!(
                    "`{path}` is not on the config drive: coreos-cloudinit treats it as empty"
                ));
                String::new()
            }
        },
        given => given.to_owned(),
    };
    machine.network_config = Some(content);
    Ok(())
}

pub(super) fn digitalocean(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
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

/// The last address of a kind counts. What is not IPv4 is the public IPv6 address.
pub(super) fn packet(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
    set(&mut machine.hostname, member(value, "hostname", "hostname")?);
    let addresses = value.pointer("/network/addresses").and_then(Value::as_array);
    for (index, address) in addresses.into_iter().flatten().enumerate() {
        let text = member(address, "address", &format!("network.addresses[{index}].address"))?;
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

/// The name is the host name, and the private address that of the card in a private network, which
/// only the machine itself knows.
pub(super) fn cloudsigma(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
    interfaces(value, machine)?;
    let name = member(value, "name", "name")?;
    set(&mut machine.hostname, if name.is_empty() { member(value, "uuid", "uuid")? } else { name });
    let meta = value.get("meta").unwrap_or(&Value::Null);
    let key = member(meta, "ssh_public_key", "meta.ssh_public_key")?;
    if let Some(name) = key.split_whitespace().last() {
        machine.ssh_keys.insert(name.to_owned(), key.to_owned());
    }
    for nic in value.get("nics").and_then(Value::as_array).into_iter().flatten() {
        if let Some(address) = nic.pointer("/ip_v4_conf/ip/uuid").and_then(Value::as_str) {
            set_address(&mut machine.public_ipv4, address);
        }
    }
    Ok(())
}

/// What the machine's interfaces have, which is not metadata but fills the same variables: `eth0` is
/// the public one, `eth1` the private one.
fn interfaces(value: &Value, machine: &mut MachineDescription) -> Result<(), FormError> {
    let interfaces = value.get("interfaces").unwrap_or(&Value::Null);
    set_address(&mut machine.public_ipv4, member(interfaces, "eth0", "interfaces.eth0")?);
    set_address(&mut machine.private_ipv4, member(interfaces, "eth1", "interfaces.eth1")?);
    Ok(())
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
