//! What ifupdown reads: `/etc/network/interfaces` and its like, without the program's own comments.
//!
//! Source: cloud-init 26.2, `net/eni.py`.

use super::config::{Interface, Network, Route, Subnet};

/// The order of the interfaces, by kind; the loopback comes before them all.
const ORDER: [&str; 4] = ["ethernet", "bond", "bridge", "vlan"];

/// What a release does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    /// Settings have hyphens in their names, and further addresses the name servers of the first.
    pub(super) uses_hyphens: bool,
    /// Routes are set with `ip` instead of `route`.
    pub(super) uses_ip: bool,
}

/// The file.
pub(super) fn render(network: &Network, habits: Habits) -> String {
    let mut sections = stanzas(&loopback(network), network, habits);
    for kind in ORDER {
        let mut of_kind: Vec<&Interface> =
            network.interfaces.iter().filter(|interface| interface.kind == kind).collect();
        of_kind.sort_by(|one, other| one.name.cmp(&other.name));
        sections.extend(of_kind.into_iter().flat_map(|own| stanzas(own, network, habits)));
    }
    sections.extend(network.routes.iter().map(|route| routes([route], "", habits).join("\n")));
    format!("{}\n", sections.join("\n\n"))
}

/// The loopback, which has the name servers of all interfaces.
fn loopback(network: &Network) -> Interface {
    let usual = || {
        let subnet = Subnet { kind: "loopback".to_owned(), ..Subnet::default() };
        Interface { name: "lo".to_owned(), kind: "loopback", subnets: vec![subnet], ..Interface::default() }
    };
    let own = network.interfaces.iter().find(|own| own.name == "lo").cloned();
    let mut own = own.unwrap_or_else(usual);
    if let Some(first) = own.subnets.first_mut() {
        if !network.nameservers.is_empty() {
            first.nameservers.clone_from(&network.nameservers);
        }
        if !network.search.is_empty() {
            first.search.clone_from(&network.search);
        }
    }
    own
}

/// The stanzas of an interface: one for each way to an address.
fn stanzas(own: &Interface, network: &Network, habits: Habits) -> Vec<String> {
    let name = &own.name;
    let bond = network.interfaces.iter().find(|other| other.kind == "bond" && other.parts.contains(&own.id));
    if own.subnets.is_empty() {
        let mut lines = Vec::new();
        if own.kind == "bond" || bond.is_some() {
            lines.push(format!("auto {name}"));
        }
        lines.push(format!("iface {name} inet manual"));
        lines.extend(attributes(own, bond, Vec::new(), habits));
        return vec![lines.join("\n")];
    }
    let mut sections = Vec::new();
    let mut later: Vec<&Route> = Vec::new();
    let first_servers = own.subnets.iter().find(|subnet| has_servers(subnet));
    for (number, subnet) in own.subnets.iter().enumerate() {
        let is_6 = subnet.is_6();
        let (mode, more) = mode(own, subnet);
        let servers = match first_servers {
            Some(first)
                if habits.uses_hyphens && !has_servers(subnet) && stands_before(own, first, number) =>
            {
                first
            }
            _ => subnet,
        };
        let mut lines = start(name, number, is_6, mode);
        lines.extend(settings(subnet, servers, is_6));
        if number == 0 {
            lines.extend(attributes(own, bond, more, habits));
        }
        let (now, of_6): (Vec<&Route>, Vec<&Route>) =
            subnet.routes.iter().partition(|route| is_6 || !route.network().contains(':'));
        later.extend(of_6);
        lines.extend(routes(now, "    ", habits));
        if is_6 {
            lines.extend(routes(std::mem::take(&mut later), "    ", habits));
        }
        sections.push(lines.join("\n"));
    }
    if !later.is_empty() {
        let mut lines = start(name, own.subnets.len() - 1, true, "static");
        let none = Subnet::default();
        lines.extend(settings(&none, first_servers.unwrap_or(&none), true));
        lines.extend(routes(later, "    ", habits));
        sections.push(lines.join("\n"));
    }
    sections
}

fn has_servers(subnet: &Subnet) -> bool {
    !subnet.nameservers.is_empty() || !subnet.search.is_empty()
}

/// Whether the subnet with the first name servers stands before this one.
fn stands_before(own: &Interface, first: &Subnet, number: usize) -> bool {
    own.subnets[..number].iter().any(|subnet| std::ptr::eq(subnet, first))
}

fn start(name: &str, number: usize, is_6: bool, mode: &str) -> Vec<String> {
    let verb = if number == 0 { "auto" } else { "# control-alias" };
    let family = if is_6 { "inet6" } else { "inet" };
    vec![format!("{verb} {name}"), format!("iface {name} {family} {mode}")]
}

/// How ifupdown comes to the address, and what it has to know for that.
fn mode<'s>(own: &Interface, subnet: &'s Subnet) -> (&'s str, Vec<(&'static str, String)>) {
    let accepts = || {
        let value = own.accept_ra.map(|accepts| i32::from(accepts).to_string());
        value.into_iter().map(|value| ("accept_ra", value)).collect()
    };
    match subnet.kind.as_str() {
        "dhcp4" | "dhcp6" | "ipv6_dhcpv6-stateful" => ("dhcp", accepts()),
        "ipv6_dhcpv6-stateless" => ("auto", vec![("dhcp", "1".to_owned())]),
        "ipv6_slaac" => ("auto", vec![("dhcp", "0".to_owned())]),
        _ if subnet.is_6() => ("static", accepts()),
        other => (other, Vec::new()),
    }
}

/// The settings of one way to an address.
fn settings(subnet: &Subnet, servers: &Subnet, is_6: bool) -> Vec<String> {
    let of_family: Vec<&str> = servers
        .nameservers
        .iter()
        .filter(|server| server.contains(':') == is_6)
        .map(String::as_str)
        .collect();
    let searches = !servers.search.is_empty() && (servers.nameservers.is_empty() || !of_family.is_empty());
    let mut all = Vec::new();
    for (key, value) in [
        ("address", subnet.address.clone()),
        ("gateway", subnet.gateway.clone()),
        ("metric", subnet.metric.clone()),
        ("dns-nameservers", Some(of_family.join(" ")).filter(|text| !text.is_empty())),
        ("dns-search", Some(servers.search.join(" ")).filter(|_| searches)),
    ] {
        all.extend(value.map(|value| format!("    {key} {value}")));
    }
    all.sort();
    all
}

/// What an interface has, whatever its addresses.
fn attributes(
    own: &Interface,
    bond: Option<&Interface>,
    more: Vec<(&'static str, String)>,
    habits: Habits,
) -> Vec<String> {
    let mut all: Vec<(String, String)> =
        more.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut add = |key: &str, value: &str| all.push((key.to_owned(), value.to_owned()));
    own.mtu.iter().for_each(|mtu| add("mtu", mtu));
    if own.kind != "ethernet" && own.kind != "loopback" {
        own.mac.iter().for_each(|mac| add("hwaddress", &mac.to_lowercase()));
    }
    match (own.kind, own.parts.first()) {
        ("bond", _) => add("bond-slaves", "none"),
        ("bridge", Some(_)) => add("bridge_ports", &own.parts.join(" ")),
        ("vlan", Some(link)) => {
            add("vlan-raw-device", link);
            own.vlan.iter().for_each(|id| add("vlan_id", id));
        }
        _ => {}
    }
    if let Some(bond) = bond {
        add("bond-master", &bond.name);
    }
    // The interfaces of a bond have its parameters, too.
    for (key, value) in own.parameters.iter().chain(bond.iter().flat_map(|bond| &bond.parameters)) {
        if value.is_flag() {
            add(key, if value.is_yes() { "on" } else { "off" });
        } else if value.is_truthy() {
            add(key, &value.shown());
        }
    }
    let named = |(key, value): (String, String)| {
        let key = if habits.uses_hyphens { key.replace('_', "-") } else { key };
        format!("    {key} {value}")
    };
    let mut lines: Vec<String> = all.into_iter().map(named).collect();
    lines.sort();
    lines
}

/// The commands that set routes, and those that take them away again.
fn routes<'r>(routes: impl IntoIterator<Item = &'r Route>, indent: &str, habits: Habits) -> Vec<String> {
    let mut lines = Vec::new();
    for route in routes {
        let network = route.network();
        let is_6 = network.contains(':');
        let metric = route.metric.as_ref().map(|metric| format!(" metric {metric}")).unwrap_or_default();
        for (when, verb) in [("post-up", "add"), ("pre-down", "del")] {
            let command = if habits.uses_ip {
                let family = if is_6 { " -family inet6" } else { "" };
                let to = if route.is_default() { "default" } else { &network };
                format!("ip{family} route {verb} {to} via {}", route.via)
            } else {
                let to = match (route.is_default(), is_6, network.ends_with("/32")) {
                    (true, false, _) => "default".to_owned(),
                    (true, true, _) => "-A inet6 default".to_owned(),
                    (false, true, _) => format!("-A inet6 {network}"),
                    (false, false, true) => format!("-host {network}"),
                    (false, false, false) => format!("-net {network}"),
                };
                format!("route {verb} {to} gw {}", route.via)
            };
            lines.push(format!("{indent}{when} {command}{metric} || true"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn each_address_has_a_stanza_and_releases_set_routes_in_their_way() {
        let config = Value::from_json(&serde_json::json!({ "version": 1, "config": [
            { "type": "physical", "name": "eth0", "mac_address": "06:aa:bb:cc:dd:01", "mtu": 1400, "subnets": [
                { "type": "dhcp4" },
                { "type": "static", "address": "2001:db8::2/64", "gateway": "2001:db8::1" },
            ] },
            { "type": "physical", "name": "eth1", "subnets": [
                { "type": "static", "address": "10.1.0.2", "netmask": "255.255.0.0",
                  "routes": [{ "network": "10.0.0.0", "netmask": "255.0.0.0", "gateway": "10.1.0.1" }] },
            ] },
            { "type": "vlan", "name": "eth1.7", "vlan_link": "eth1", "vlan_id": 7 },
            { "type": "nameserver", "address": ["192.0.2.53"] },
        ] }));
        let rendered = |uses_hyphens, uses_ip| {
            let habits = Habits { uses_hyphens, uses_ip };
            Network::read(&config).map(|network| render(&network, habits)).unwrap_or_default()
        };
        let text = rendered(true, true);
        assert_eq!(
            text,
            "auto lo\niface lo inet loopback\n    dns-nameservers 192.0.2.53\n\n\
             auto eth0\niface eth0 inet dhcp\n    mtu 1400\n\n\
             # control-alias eth0\niface eth0 inet6 static\n    address 2001:db8::2/64\n    gateway 2001:db8::1\n\n\
             auto eth1\niface eth1 inet static\n    address 10.1.0.2/16\n    \
             post-up ip route add 10.0.0.0/8 via 10.1.0.1 || true\n    \
             pre-down ip route del 10.0.0.0/8 via 10.1.0.1 || true\n\n\
             iface eth1.7 inet manual\n    vlan-id 7\n    vlan-raw-device eth1\n"
        );
        let older =
            text.replace("vlan-id 7\n    vlan-raw-device eth1", "vlan-raw-device eth1\n    vlan_id 7");
        let older = older.replace("ip route add 10.0.0.0/8 via", "route add -net 10.0.0.0/8 gw");
        assert_eq!(
            rendered(false, false),
            older.replace("ip route del 10.0.0.0/8 via", "route del -net 10.0.0.0/8 gw")
        );
    }
}
