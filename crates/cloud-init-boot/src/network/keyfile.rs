//! What NetworkManager reads.

use uuid::Uuid;

use super::config::{Interface, Network, Route};

/// How addresses are made where a profile does not say.
pub(super) const ADDRESSES: &str = "[.config]\n  enable=nm-version-min:1.40\n\
    [connection.30-cloud-init-ip6-addr-gen-mode]\n  ipv6.addr-gen-mode=0\n\n";

/// The namespace in which cloud-init names its profiles.
const PROFILES: Uuid = Uuid::from_u128(0xa392_4cb8_09e0_43e9_890b_7797_2a80_0108);

/// The profile of an interface.
pub(super) fn render(interface: &Interface, network: &Network) -> String {
    let kind = interface.kind;
    let name = &interface.name;
    let uuid = Uuid::new_v5(&PROFILES, name.as_bytes());
    let mut text = format!(
        "[connection]\nid=cloud-init {name}\nuuid={uuid}\nautoconnect-priority=120\ntype={kind}\n\n[user]\n\
         org.freedesktop.NetworkManager.origin=cloud-init\n\n[ethernet]\n"
    );
    if let Some(mac) = &interface.mac {
        text.push_str(&format!("mac-address={}\n", mac.to_uppercase()));
    }
    if let Some(mtu) = &interface.mtu {
        text.push_str(&format!("mtu={mtu}\n"));
    }
    for (family, asks, is_of) in [
        ("ipv4", interface.dhcp4, (|address: &str| !address.contains(':')) as fn(&str) -> bool),
        ("ipv6", interface.dhcp6, |address: &str| address.contains(':')),
    ] {
        let addresses: Vec<&String> = interface.addresses.iter().filter(|address| is_of(address)).collect();
        if !asks && addresses.is_empty() {
            continue;
        }
        let (method, may_fail) = if asks { ("auto", true) } else { ("manual", false) };
        text.push_str(&format!("\n[{family}]\nmethod={method}\nmay-fail={may_fail}\n"));
        for (number, address) in addresses.iter().enumerate() {
            text.push_str(&format!("address{}={address}\n", number + 1));
        }
        let routes = interface.routes.iter().filter(|route| is_of(&route.via));
        let (defaults, others): (Vec<&Route>, Vec<&Route>) = routes.partition(|route| route.is_default());
        text.extend(defaults.iter().map(|route| format!("gateway={}\n", route.via)));
        let numbered = others.iter().enumerate();
        text.extend(
            numbered.map(|(number, route)| format!("route{}={},{}\n", number + 1, route.to, route.via)),
        );
        let servers = interface.nameservers.iter().chain(&network.nameservers).filter(|server| is_of(server));
        let servers: String = servers.map(|server| format!("{server};")).collect();
        if !servers.is_empty() {
            text.push_str(&format!("dns={servers}\n"));
        }
        let search: String =
            interface.search.iter().chain(&network.search).map(|domain| format!("{domain};")).collect();
        if !search.is_empty() {
            text.push_str(&format!("dns-search={search}\n"));
        }
    }
    text.push('\n');
    text
}
