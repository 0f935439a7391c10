//! VMware's guestinfo properties.

use std::net::IpAddr;

use dryboot_machine::MachineDescription;
use dryboot_yaml::go_syntax::quote;

use super::{FormError, set};
use crate::netconf::{NetconfError, properties};

/// The host name and the addresses of interfaces that have a role; all of it is kept for the
/// conversion of the network.
pub(super) fn read(text: &[u8], machine: &mut MachineDescription) -> Result<(), FormError> {
    let text = String::from_utf8_lossy(text);
    let properties = properties(&text).map_err(|error| match error {
        NetconfError::Refused(words) | NetconfError::Panic(words) => FormError::syntax(words),
    })?;
    let get = |key: String| properties.get(&key).map(String::as_str).filter(|value| !value.is_empty());
    set(&mut machine.hostname, get("hostname".to_owned()).unwrap_or_default());
    let is_there = |interface: usize| {
        let prefix = format!("interface.{interface}.");
        properties.keys().any(|key| key.starts_with(&prefix))
    };
    for interface in (0..).take_while(|&interface| is_there(interface)) {
        let role = get(format!("interface.{interface}.role")).unwrap_or_default();
        let addresses = (0..).map_while(|index| get(format!("interface.{interface}.ip.{index}.address")));
        for address in addresses {
            let parsed = address.split_once('/').and_then(|(host, _)| host.parse::<IpAddr>().ok());
            let Some(parsed) = parsed else {
                machine.metadata_error = Some(format!("invalid CIDR address: {address}"));
                return Ok(());
            };
            let slot = match (role, parsed) {
                ("public", IpAddr::V4(_)) => &mut machine.public_ipv4,
                ("public", IpAddr::V6(_)) => &mut machine.public_ipv6,
                ("private", IpAddr::V4(_)) => &mut machine.private_ipv4,
                ("private", IpAddr::V6(_)) => &mut machine.private_ipv6,
                ("", _) => continue,
                _ => {
                    machine.metadata_error = Some(format!("unrecognized role: {}", quote(role)));
                    return Ok(());
                }
            };
            *slot = Some(parsed.to_string());
        }
    }
    machine.network_map = Some(properties);
    Ok(())
}
