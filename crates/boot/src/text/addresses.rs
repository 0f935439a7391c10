//! The four address variables, with the value that the target gives each.

use std::net::IpAddr;

use dryboot_machine::{Cause, MachineDescription};

/// One of the variables that a target replaces in user-data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// As it is written in user-data.
    pub(crate) variable: &'static str,
    /// Its name in `/etc/environment` and in the environment of the program.
    pub(crate) env: &'static str,
    /// The value; empty when neither metadata nor environment has one.
    pub(crate) value: String,
    /// Where the value comes from.
    pub(crate) cause: Option<Cause>,
}

struct Variable {
    variable: &'static str,
    env: &'static str,
    field: &'static str,
    metadata: fn(&MachineDescription) -> Option<&String>,
}

const VARIABLES: [Variable; 4] = [
    Variable {
        variable: "$public_ipv4",
        env: "COREOS_PUBLIC_IPV4",
        field: "public_ipv4",
        metadata: |machine| machine.public_ipv4.as_ref(),
    },
    Variable {
        variable: "$private_ipv4",
        env: "COREOS_PRIVATE_IPV4",
        field: "private_ipv4",
        metadata: |machine| machine.private_ipv4.as_ref(),
    },
    Variable {
        variable: "$public_ipv6",
        env: "COREOS_PUBLIC_IPV6",
        field: "public_ipv6",
        metadata: |machine| machine.public_ipv6.as_ref(),
    },
    Variable {
        variable: "$private_ipv6",
        env: "COREOS_PRIVATE_IPV6",
        field: "private_ipv6",
        metadata: |machine| machine.private_ipv6.as_ref(),
    },
];

/// The variables of a machine. Metadata wins over the environment and is printed in canonical
/// form; what is not an address in it counts as absent.
pub(crate) fn addresses(machine: &MachineDescription) -> [Address; 4] {
    VARIABLES.map(|Variable { variable, env, field, metadata }| {
        let metadata = metadata(machine).and_then(|text| text.parse::<IpAddr>().ok());
        let environment = machine.env.get(env).filter(|value| !value.is_empty());
        let (value, cause) = match (metadata, environment) {
            (Some(address), _) => (address.to_canonical().to_string(), Some(Cause::Metadata(field))),
            (None, Some(value)) => (value.clone(), Some(Cause::Environment(env))),
            (None, None) => (String::new(), None),
        };
        Address { variable, env, value, cause }
    })
}

/// The variables and what becomes of each, for people.
pub(crate) fn listed(addresses: &[Address]) -> String {
    let listed = addresses.iter().map(|address| match address.value.as_str() {
        "" => format!("`{}` becomes empty", address.variable),
        value => format!("`{}` is {value}", address.variable),
    });
    listed.collect::<Vec<_>>().join(", ")
}
