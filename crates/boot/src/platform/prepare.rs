//! The machine as the program finds it on a platform.

use std::collections::BTreeMap;

use super::{Addresses, Field, Platform};
use crate::machine::MachineDescription;

const ENVIRONMENT: &str = "/etc/environment";

pub(super) struct Prepared {
    pub(super) machine: MachineDescription,
    pub(super) notes: Vec<String>,
}

/// Takes away what the platform cannot give, and adds what it sets.
pub(super) fn prepare(platform: &Platform, described: &MachineDescription) -> Prepared {
    let mut machine = described.clone();
    let mut notes = Vec::new();
    machine.flags.extend(platform.flags.iter().map(|&flag| flag.to_owned()));
    for field in platform.lacks() {
        if take_away(&mut machine, field) {
            notes.push(format!(
                "`{}` has no {} in its metadata: what the machine's description has is not used",
                platform.name,
                field.title()
            ));
        }
    }
    if platform.addresses != Addresses::MetadataAlone {
        read_environment(&mut machine);
    }
    Prepared { machine, notes }
}

/// Whether there was something to take away.
fn take_away(machine: &mut MachineDescription, field: Field) -> bool {
    match field {
        Field::Hostname => machine.hostname.take().is_some(),
        Field::SshKeys => !std::mem::take(&mut machine.ssh_keys).is_empty(),
        Field::PublicIpv4 => machine.public_ipv4.take().is_some(),
        Field::PrivateIpv4 => machine.private_ipv4.take().is_some(),
        Field::PublicIpv6 => machine.public_ipv6.take().is_some(),
        Field::PrivateIpv6 => machine.private_ipv6.take().is_some(),
        Field::Network => {
            let (text, map) = (machine.network_config.take(), machine.network_map.take());
            text.is_some() || map.is_some()
        }
    }
}

/// The unit of the program reads `/etc/environment` before it starts it.
fn read_environment(machine: &mut MachineDescription) {
    let Some(text) = machine.files.get(ENVIRONMENT) else { return };
    let variables: BTreeMap<String, String> = text
        .lines()
        .filter(|line| !line.starts_with(['#', ';']))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect();
    machine.env.extend(variables);
}
