//! What the address variables become.

use std::net::IpAddr;

use dryboot_core::MachineDescription;
use dryboot_core::platform::{Field, Platform};
use dryboot_wasm::protocol::boot::{Origin, Source, Variable};

/// The variables of user-data on this machine. `platform` takes away what it cannot give.
pub(crate) fn variables(
    text: &str,
    machine: &MachineDescription,
    platform: Option<&Platform>,
) -> Vec<Variable> {
    let fields = [
        ("$public_ipv4", "public_ipv4", Field::PublicIpv4, &machine.public_ipv4),
        ("$private_ipv4", "private_ipv4", Field::PrivateIpv4, &machine.private_ipv4),
        ("$public_ipv6", "public_ipv6", Field::PublicIpv6, &machine.public_ipv6),
        ("$private_ipv6", "private_ipv6", Field::PrivateIpv6, &machine.private_ipv6),
    ];
    fields
        .into_iter()
        .map(|(variable, name, field, given)| {
            let is_there = platform.is_none_or(|platform| platform.yields.contains(&field));
            let address = given.as_ref().filter(|_| is_there).and_then(|text| text.parse::<IpAddr>().ok());
            let origin = Origin { source: Source::Metadata, name: name.to_owned(), ..Origin::default() };
            Variable {
                name: variable.to_owned(),
                value: address.map(|address| address.to_canonical().to_string()).unwrap_or_default(),
                used: text.contains(variable),
                origin: address.map(|_| origin),
            }
        })
        .collect()
}
