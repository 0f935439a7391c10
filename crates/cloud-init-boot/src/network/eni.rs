//! What ifupdown reads: `/etc/network/interfaces` and its like, without the program's own comments.
//!
//! Source: cloud-init 26.2, `net/eni.py`.

use super::config::{Interface, Network, Route};

/// The order of the interfaces, by kind; the loopback comes before them all.
const ORDER: [&str; 4] = ["ethernet", "bond", "bridge", "vlan"];

/// The two families of addresses: the word for one, and whether it is that of IPv6.
const FAMILIES: [(&str, bool); 2] = [("inet", false), ("inet6", true)];

/// The file.
pub(super) fn render(network: &Network) -> String {
    let mut sections = vec![loopback(network)];
    for kind in ORDER {
        let mut of_kind: Vec<&Interface> =
            network.interfaces.iter().filter(|interface| interface.kind == kind).collect();
        of_kind.sort_by(|one, other| one.name.cmp(&other.name));
        sections.extend(of_kind.into_iter().flat_map(stanzas));
    }
    format!("{}\n", sections.join("\n\n"))
}

/// The loopback, which has the name servers of all interfaces.
fn loopback(network: &Network) -> String {
    let mut lines = vec!["auto lo".to_owned(), "iface lo inet loopback".to_owned()];
    for (key, values) in [("dns-nameservers", &network.nameservers), ("dns-search", &network.search)] {
        if !values.is_empty() {
            lines.push(format!("    {key} {}", values.join(" ")));
        }
    }
    lines.join("\n")
}

/// The stanzas of an interface: one for each way to an address.
fn stanzas(own: &Interface) -> Vec<String> {
    let asked = [("inet", "dhcp", own.dhcp4), ("inet6", "dhcp", own.dhcp6)];
    let mut ways: Vec<(&str, &str, Option<&String>)> =
        asked.into_iter().filter(|(.., asks)| *asks).map(|(family, mode, _)| (family, mode, None)).collect();
    for address in &own.addresses {
        let family = if address.contains(':') { "inet6" } else { "inet" };
        ways.push((family, "static", Some(address)));
    }
    if ways.is_empty() {
        ways.push(("inet", "manual", None));
    }
    let mut told = [false, false];
    let of = |way: (usize, (&str, &str, Option<&String>))| {
        let (number, (family, mode, address)) = way;
        let is_first = !std::mem::replace(&mut told[usize::from(family == "inet6")], true);
        stanza(own, number, family, mode, address, is_first)
    };
    ways.into_iter().enumerate().map(of).collect()
}

fn stanza(
    own: &Interface,
    number: usize,
    family: &str,
    mode: &str,
    address: Option<&String>,
    is_first_of_family: bool,
) -> String {
    let name = &own.name;
    let verb = if number == 0 { "auto" } else { "# control-alias" };
    let mut lines = vec![format!("{verb} {name}"), format!("iface {name} {family} {mode}")];
    let is_6 = FAMILIES.iter().any(|(word, is_6)| *word == family && *is_6);
    let is_of = |text: &String| text.contains(':') == is_6;
    let mut settings: Vec<String> =
        address.map(|address| format!("    address {address}")).into_iter().collect();
    let routes = own.routes.iter().filter(|route| is_first_of_family && is_of(&route.via));
    let (gateways, routes): (Vec<&Route>, Vec<&Route>) =
        routes.partition(|route| address.is_some() && route.is_default());
    settings.extend(gateways.first().map(|route| format!("    gateway {}", route.via)));
    if address.is_some() {
        let servers: Vec<&str> =
            own.nameservers.iter().filter(|server| is_of(server)).map(String::as_str).collect();
        if !servers.is_empty() {
            settings.push(format!("    dns-nameservers {}", servers.join(" ")));
            settings.extend(
                Some(&own.search)
                    .filter(|search| !search.is_empty())
                    .map(|search| format!("    dns-search {}", search.join(" "))),
            );
        }
    }
    settings.sort();
    lines.extend(settings);
    if number == 0 {
        lines.extend(own.mtu.as_ref().map(|mtu| format!("    mtu {mtu}")));
        match (own.kind, own.parts.first()) {
            ("bond", _) => lines.push(format!("    bond-slaves {}", own.parts.join(" "))),
            ("bridge", _) => lines.push(format!("    bridge_ports {}", own.parts.join(" "))),
            ("vlan", Some(link)) => {
                lines.push(format!("    vlan-raw-device {link}"));
                lines.extend(own.vlan.as_ref().map(|id| format!("    vlan_id {id}")));
            }
            _ => {}
        }
    }
    for route in routes {
        let inet6 = if is_6 { " -family inet6" } else { "" };
        let to = if route.is_default() { "default" } else { &route.to };
        for (when, verb) in [("post-up", "add"), ("pre-down", "del")] {
            lines.push(format!("    {when} ip{inet6} route {verb} {to} via {} || true", route.via));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn each_address_has_a_stanza_and_the_first_one_the_routes() {
        let config = Value::from_json(&serde_json::json!({ "version": 1, "config": [
            { "type": "physical", "name": "eth0", "mac_address": "06:aa:bb:cc:dd:01", "mtu": 1400, "subnets": [
                { "type": "dhcp4" },
                { "type": "static", "address": "2001:db8::2/64", "gateway": "2001:db8::1" },
            ] },
            { "type": "physical", "name": "eth1", "subnets": [
                { "type": "static", "address": "10.1.0.2", "netmask": "255.255.0.0",
                  "routes": [{ "network": "10.0.0.0", "netmask": "255.0.0.0", "gateway": "10.1.0.1" }] },
            ] },
            { "type": "nameserver", "address": ["192.0.2.53"] },
        ] }));
        let text = Network::read(&config).map(|network| render(&network)).unwrap_or_default();
        assert_eq!(
            text,
            "auto lo\niface lo inet loopback\n    dns-nameservers 192.0.2.53\n\n\
             auto eth0\niface eth0 inet dhcp\n    mtu 1400\n\n\
             # control-alias eth0\niface eth0 inet6 static\n    address 2001:db8::2/64\n    gateway 2001:db8::1\n\n\
             auto eth1\niface eth1 inet static\n    address 10.1.0.2/16\n    \
             post-up ip route add 10.0.0.0/8 via 10.1.0.1 || true\n    \
             pre-down ip route del 10.0.0.0/8 via 10.1.0.1 || true\n"
        );
    }
}
