//! What systemd-networkd reads.

use super::config::{Interface, Network};

/// The file of an interface.
pub(super) fn render(interface: &Interface, network: &Network) -> String {
    let mut text = "[Match]\n".to_owned();
    if let Some(mac) = &interface.mac {
        text.push_str(&format!("MACAddress={mac}\n"));
    }
    text.push_str(&format!("Name={}\n\n[Network]\n", interface.name));
    let dhcp = match (interface.dhcp4, interface.dhcp6) {
        (true, true) => "yes",
        (true, false) => "ipv4",
        (false, true) => "ipv6",
        (false, false) => "no",
    };
    text.push_str(&format!("DHCP={dhcp}\n"));
    for server in interface.nameservers.iter().chain(&network.nameservers) {
        text.push_str(&format!("DNS={server}\n"));
    }
    let search: Vec<&str> = interface.search.iter().chain(&network.search).map(String::as_str).collect();
    if !search.is_empty() {
        text.push_str(&format!("Domains={}\n", search.join(" ")));
    }
    for address in &interface.addresses {
        text.push_str(&format!("\n[Address]\nAddress={address}\n"));
    }
    for route in &interface.routes {
        text.push_str(&format!("\n[Route]\nGateway={}\n", route.via));
        if !route.is_default() {
            text.push_str(&format!("Destination={}\n", route.to));
        }
    }
    if let Some(mtu) = &interface.mtu {
        text.push_str(&format!("\n[Link]\nMTUBytes={mtu}\n"));
    }
    text
}
