//! Units of systemd-networkd.

use std::fmt::Write;

use super::{Draft, Interface, InterfaceKind, Method, NetconfFile, Shape};
use crate::program::Program;

impl Draft {
    /// The interface with its units.
    pub(super) fn finish(&self, program: &Program) -> Interface {
        let mac = || self.mac.as_ref().map(ToString::to_string).unwrap_or_default();
        let name = if self.name.is_empty() { mac() } else { self.name.clone() };
        let filename = format!("{:02x}-{name}", self.depth);
        let file =
            |extension: &str, content| NetconfFile { name: format!("{filename}.{extension}"), content };
        let netdev = self.netdev().map(|content| file("netdev", content));
        let network = file("network", self.network(program));
        Interface {
            name: self.name.clone(),
            kind: self.shape.kind(),
            modprobe_params: self.modprobe_params(),
            files: netdev.into_iter().chain([network]).collect(),
            filename,
        }
    }

    fn modprobe_params(&self) -> String {
        let Shape::Bond { options, .. } = &self.shape else { return String::new() };
        let options: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        options.join(" ")
    }

    /// The unit that makes the interface, if the machine does not have it by itself.
    fn netdev(&self) -> Option<String> {
        let (kind, mac) = match (&self.shape, &self.method) {
            (Shape::Physical, _) => return None,
            (Shape::Bond { .. }, _) => ("bond", self.mac.as_ref()),
            (Shape::Vlan { .. }, Method::Static(addresses)) => ("vlan", addresses.mac.as_ref()),
            (Shape::Vlan { .. }, Method::Dhcp { mac }) => ("vlan", mac.as_ref()),
            (Shape::Vlan { .. }, _) => ("vlan", None),
        };
        let mut unit = format!("[NetDev]\nKind={kind}\nName={}\n", self.name);
        if let Some(mac) = mac {
            push(&mut unit, "MACAddress", mac);
        }
        match &self.shape {
            Shape::Bond { options, .. } => {
                unit.push_str("\n[Bond]\n");
                for (name, value) in options {
                    push(&mut unit, name, value);
                }
            }
            Shape::Vlan { id, .. } => {
                unit.push_str("\n[VLAN]\n");
                push(&mut unit, "Id", id);
            }
            Shape::Physical => {}
        }
        Some(unit)
    }

    fn network(&self, program: &Program) -> String {
        let mut unit = "[Match]\n".to_owned();
        if !self.name.is_empty() {
            push(&mut unit, "Name", &self.name);
        }
        if let Some(mac) = &self.mac {
            push(&mut unit, "MACAddress", mac);
        }
        unit.push_str("\n[Network]\n");
        for (kind, name) in &self.dependants {
            match kind {
                InterfaceKind::Vlan => push(&mut unit, "VLAN", name),
                InterfaceKind::Bond => push(&mut unit, "Bond", name),
                InterfaceKind::Physical => {}
            }
        }
        match &self.method {
            Method::Static(addresses) => {
                if !addresses.domains.is_empty() {
                    push(&mut unit, "Domains", addresses.domains.join(" "));
                }
                for server in &addresses.nameservers {
                    push(&mut unit, "DNS", server);
                }
                for address in &addresses.addresses {
                    unit.push_str("\n[Address]\n");
                    push(&mut unit, "Address", address);
                }
                for route in &addresses.routes {
                    unit.push_str("\n[Route]\n");
                    push(&mut unit, "Destination", route.destination);
                    push(&mut unit, "Gateway", &route.gateway);
                }
            }
            Method::Dhcp { .. } => {
                push(&mut unit, "DHCP", true);
                unit.push_str(program.dhcp);
            }
            Method::Manual | Method::Loopback => {}
        }
        unit
    }
}

fn push(unit: &mut String, name: &str, value: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = writeln!(unit, "{name}={value}");
}
