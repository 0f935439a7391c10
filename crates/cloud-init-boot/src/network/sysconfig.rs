//! What the network scripts of Red Hat read, and wicked of SUSE: files below `/etc/sysconfig`, without the program's own
//! comments.
//!
//! Source: cloud-init 26.2, `net/sysconfig.py`, and the settings for it in `distros/rhel.py` and `distros/opensuse.py`.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::config::{EVERYWHERE, Interface, Network, Route};

/// How a family of distributions names and fills its files.
#[derive(Debug, PartialEq, Eq)]
pub struct Flavor {
    /// The directory of the files of interfaces.
    folder: &'static str,
    /// The file of the settings for all interfaces, where there is one to write.
    control: Option<&'static str>,
    /// The file of the rules for udev.
    rules: &'static str,
    /// What every interface has.
    usual: &'static [(&'static str, &'static str)],
    /// The keys of the name and the type of an interface, where they are written.
    names: bool,
    /// The key of the address on the wire.
    mac: &'static str,
    /// The keys of a first IPv6 address, and of further ones.
    address_6: (&'static str, &'static str),
    /// The values of `BOOTPROTO`: nothing asked for, IPv4, IPv6 and both.
    protocols: [&'static str; 4],
    /// What is set besides where an IPv6 address is asked for.
    dhcp6: &'static [(&'static str, &'static str)],
    /// What is set besides where an IPv6 address is given.
    static6: &'static [(&'static str, &'static str)],
    /// Whether gateways, routes and name servers are written to the files of interfaces.
    routes: bool,
}

impl Flavor {
    /// Whether a configuration has gateways or routes that are not written.
    #[must_use]
    pub(super) fn loses_routes(&self, network: &Network) -> bool {
        !self.routes && network.interfaces.iter().any(|own| !own.routes.is_empty())
    }
}

/// Red Hat and its derivatives.
pub(crate) static RED_HAT: Flavor = Flavor {
    folder: "/etc/sysconfig/network-scripts",
    control: Some("/etc/sysconfig/network"),
    rules: "/etc/udev/rules.d/70-persistent-net.rules",
    usual: &[("ONBOOT", "yes"), ("USERCTL", "no")],
    names: true,
    mac: "HWADDR",
    address_6: ("IPV6ADDR", "IPV6ADDR_SECONDARIES"),
    protocols: ["none", "dhcp", "none", "dhcp"],
    dhcp6: &[("DHCPV6C", "yes"), ("IPV6INIT", "yes")],
    static6: &[("IPV6INIT", "yes"), ("IPV6_AUTOCONF", "no"), ("IPV6_FORCE_ACCEPT_RA", "no")],
    routes: true,
};

/// SUSE. cloud-init writes neither gateways nor routes there.
pub(crate) static SUSE: Flavor = Flavor {
    folder: "/etc/sysconfig/network",
    control: None,
    rules: "/etc/udev/rules.d/85-persistent-net-cloud-init.rules",
    usual: &[("STARTMODE", "auto")],
    names: false,
    mac: "LLADDR",
    address_6: ("IPADDR6", "IPADDR6_"),
    protocols: ["static", "dhcp4", "dhcp6", "dhcp"],
    dhcp6: &[("DHCLIENT6_MODE", "managed")],
    static6: &[],
    routes: false,
};

/// The types of interfaces; a VLAN has none.
const TYPES: [(&str, &str); 3] = [("ethernet", "Ethernet"), ("bond", "Bond"), ("bridge", "Bridge")];

/// More name servers than these are not used.
const MOST_SERVERS: usize = 3;

/// The files: path and content.
pub(super) fn render(network: &Network, flavor: &Flavor) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for own in network.interfaces.iter().filter(|own| own.kind != "loopback") {
        let name = &own.name;
        files.push((format!("{}/ifcfg-{name}", flavor.folder), listed(&settings(own, network, flavor))));
        let routes: Vec<&Route> = own.routes.iter().filter(|route| !route.is_default()).collect();
        if flavor.routes && !routes.is_empty() {
            files.push((format!("{}/route-{name}", flavor.folder), routes_4(&routes)));
            files.push((format!("{}/route6-{name}", flavor.folder), routes_6(&routes, name)));
        }
    }
    let (servers, search) = resolvers(network);
    if !servers.is_empty() || !search.is_empty() {
        let mut text: String = servers.iter().map(|server| format!("nameserver {server}\n")).collect();
        if !search.is_empty() {
            text.push_str(&format!("search {}\n", search.join(" ")));
        }
        files.push(("/etc/resolv.conf".to_owned(), text));
        let conf = "/etc/NetworkManager/conf.d/99-cloud-init.conf".to_owned();
        files.push((conf, "[main]\ndns = none\n".to_owned()));
    }
    files.push((flavor.rules.to_owned(), super::rules::render(network)));
    if let Some(control) = flavor.control {
        let has_6 = network
            .interfaces
            .iter()
            .any(|own| own.dhcp6 || own.addresses.iter().any(|own| own.contains(':')));
        let more = if has_6 { "NETWORKING_IPV6=yes\nIPV6_AUTOCONF=no\n" } else { "" };
        files.push((control.to_owned(), format!("NETWORKING=yes\n{more}")));
    }
    files
}

/// The name servers and the domains of all interfaces, each once.
fn resolvers(network: &Network) -> (Vec<&String>, Vec<String>) {
    let mut servers: Vec<&String> = Vec::new();
    let mut search: Vec<String> = Vec::new();
    let own = network.interfaces.iter();
    for server in own.clone().flat_map(|own| &own.nameservers).chain(&network.nameservers) {
        if !servers.contains(&server) {
            servers.push(server);
        }
    }
    for domain in own.flat_map(|own| &own.search).chain(&network.search) {
        if !search.contains(domain) {
            search.push(domain.clone());
        }
    }
    (servers, search)
}

/// The settings in the file of an interface.
fn settings(own: &Interface, network: &Network, flavor: &Flavor) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let mut set = |key: &str, value: &str| {
        settings.insert(key.to_owned(), value.to_owned());
    };
    let usual = flavor.usual.iter().chain(flavor.dhcp6.iter().filter(|_| own.dhcp6));
    usual.for_each(|(key, value)| set(key, value));
    set("BOOTPROTO", flavor.protocols[usize::from(own.dhcp4) + 2 * usize::from(own.dhcp6)]);
    if flavor.names {
        set("DEVICE", &own.name);
        TYPES.iter().filter(|(kind, _)| *kind == own.kind).for_each(|(_, name)| set("TYPE", name));
    }
    if let Some(mac) = own.mac.as_ref().filter(|_| own.kind == "ethernet") {
        set(flavor.mac, mac);
    }
    if let Some(mtu) = &own.mtu {
        set("MTU", mtu);
    }
    let (of_6, of_4): (Vec<&String>, Vec<&String>) =
        own.addresses.iter().partition(|address| address.contains(':'));
    for (number, address) in of_4.iter().enumerate() {
        let suffix = if number == 0 { String::new() } else { number.to_string() };
        let (address, prefix) = address.split_once('/').unwrap_or((address, "32"));
        set(&format!("IPADDR{suffix}"), address);
        set(&format!("NETMASK{suffix}"), &mask(prefix));
    }
    if !of_6.is_empty() {
        flavor.static6.iter().for_each(|(key, value)| set(key, value));
    }
    let (first, further) = flavor.address_6;
    if let Some((address, others)) = of_6.split_first() {
        set(first, address);
        if further.ends_with('_') {
            others.iter().enumerate().for_each(|(number, own)| set(&format!("{further}{}", number + 1), own));
        } else if !others.is_empty() {
            let others: Vec<&str> = others.iter().map(|own| own.as_str()).collect();
            set(further, &quoted(&others.join(" ")));
        }
    }
    if flavor.routes {
        parts(own, network, &mut set);
        costs(own, &mut set);
        gateways(own, network, &mut set);
    }
    settings
}

/// The parameters of a bond that its file can have, in their order there.
const OF_BONDS: [&str; 15] = [
    "mode",
    "xmit_hash_policy",
    "miimon",
    "min_links",
    "arp_interval",
    "arp_ip_target",
    "arp_validate",
    "ad_select",
    "num_grat_arp",
    "downdelay",
    "updelay",
    "lacp_rate",
    "fail_over_mac",
    "primary",
    "primary_reselect",
];

/// The parameters of a bridge, and their keys.
const OF_BRIDGES: [(&str, &str); 3] =
    [("bridge_stp", "STP"), ("bridge_ageing", "AGEING"), ("bridge_bridgeprio", "PRIO")];

/// What a bond, a bridge or a VLAN is made of, and what the interface is a part of.
fn parts(own: &Interface, network: &Network, set: &mut impl FnMut(&str, &str)) {
    match (own.kind, own.parts.first()) {
        ("bond", _) => {
            set("BONDING_MASTER", "yes");
            let option = |name: &&str| {
                let value = own.parameter(&format!("bond-{}", name.replace('_', "-")))?;
                Some(format!("{name}={}", value.shown()))
            };
            let options: Vec<String> = OF_BONDS.iter().filter_map(option).collect();
            if !options.is_empty() {
                set("BONDING_OPTS", &quoted(&options.join(" ")));
            }
            let is_part = |other: &&Interface| own.parts.contains(&other.id);
            let mut names: Vec<&String> =
                network.interfaces.iter().filter(is_part).map(|other| &other.name).collect();
            names.sort();
            names.iter().enumerate().for_each(|(number, name)| set(&format!("BONDING_SLAVE{number}"), name));
        }
        ("bridge", _) => {
            for (name, key) in OF_BRIDGES {
                let Some(value) = own.parameter(name) else { continue };
                match (value.is_flag(), value.is_yes()) {
                    (true, is_on) => set(key, if is_on { "yes" } else { "no" }),
                    (false, _) => set(key, &value.shown()),
                }
            }
        }
        ("vlan", Some(link)) => {
            set("VLAN", "yes");
            set("PHYSDEV", link);
        }
        _ => {}
    }
    if let Some(mac) = own.mac.as_ref().filter(|_| ["bond", "bridge"].contains(&own.kind)) {
        set("MACADDR", &mac.to_lowercase());
    }
    for whole in network.interfaces.iter().filter(|other| other.parts.contains(&own.id)) {
        match whole.kind {
            "bond" => {
                set("MASTER", &whole.name);
                set("SLAVE", "yes");
            }
            "bridge" => set("BRIDGE", &whole.name),
            _ => {}
        }
    }
}

/// How much its ways cost, whether it takes what routers say, and whether it is set up by itself.
fn costs(own: &Interface, set: &mut impl FnMut(&str, &str)) {
    for subnet in &own.subnets {
        if let Some(metric) = &subnet.metric {
            set(if subnet.is_6() { "IPV6_ROUTE_METRIC" } else { "IPV4_ROUTE_METRIC" }, metric);
        }
        if subnet.kind == "manual" && own.mtu.is_none() {
            set("ONBOOT", "no");
        }
    }
    if let Some(accepts) = own.accept_ra {
        set("IPV6_FORCE_ACCEPT_RA", if accepts { "yes" } else { "no" });
    }
}

/// The gateways of an interface, and its name servers.
fn gateways(own: &Interface, network: &Network, set: &mut impl FnMut(&str, &str)) {
    for route in own.routes.iter().filter(|route| route.is_default()) {
        set("DEFROUTE", "yes");
        set(if route.via.contains(':') { "IPV6_DEFAULTGW" } else { "GATEWAY" }, &route.via);
    }
    let is_route = |route: &Route| route.is_default() && route.to != EVERYWHERE;
    if own.dhcp4 && network.interfaces.iter().any(|own| own.routes.iter().any(is_route)) {
        let has_own = own.routes.iter().any(is_route);
        set("DHCLIENT_SET_DEFAULT_ROUTE", if has_own { "yes" } else { "no" });
    }
    if own.addresses.is_empty() {
        return;
    }
    for (number, server) in own.nameservers.iter().take(MOST_SERVERS).enumerate() {
        set(&format!("DNS{}", number + 1), server);
    }
    if !own.search.is_empty() {
        set("DOMAIN", &quoted(&own.search.join(" ")));
    }
}

fn routes_4(routes: &[&Route]) -> String {
    let own = routes.iter().filter(|route| !route.to.contains(':'));
    own.enumerate()
        .map(|(number, route)| {
            let (network, prefix) = route.to.split_once('/').unwrap_or((&route.to, "32"));
            let mask = mask(prefix);
            let metric = route.metric.as_ref().map(|metric| format!("METRIC{number}={metric}\n"));
            format!(
                "ADDRESS{number}={network}\nGATEWAY{number}={}\nNETMASK{number}={mask}\n{}",
                route.via,
                metric.unwrap_or_default()
            )
        })
        .collect()
}

fn routes_6(routes: &[&Route], name: &str) -> String {
    let own = routes.iter().filter(|route| route.to.contains(':'));
    own.map(|route| format!("{} via {}  dev {name}\n", route.to, route.via)).collect()
}

fn listed(settings: &BTreeMap<String, String>) -> String {
    settings.iter().map(|(key, value)| format!("{key}={value}\n")).collect()
}

fn quoted(text: &str) -> String {
    if text.contains(' ') { format!("\"{text}\"") } else { text.to_owned() }
}

/// The mask of a length of a prefix.
fn mask(prefix: &str) -> String {
    let length = prefix.parse::<u32>().unwrap_or(32).min(32);
    Ipv4Addr::from(u32::MAX.checked_shl(32 - length).unwrap_or(0)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn files(flavor: &Flavor) -> Vec<(String, String)> {
        let config = Value::from_json(&serde_json::json!({ "version": 1, "config": [
            { "type": "physical", "name": "eth0", "mac_address": "06:aa:bb:cc:dd:01", "mtu": 1400, "subnets": [
                { "type": "static", "address": "10.1.0.2", "netmask": "255.255.0.0", "gateway": "10.1.0.1",
                  "dns_nameservers": ["192.0.2.53"], "dns_search": ["a.example", "b.example"],
                  "routes": [{ "network": "10.0.0.0", "netmask": "255.0.0.0", "gateway": "10.1.0.9" }] },
                { "type": "static6", "address": "2001:db8::2/64", "gateway": "2001:db8::1" },
            ] },
        ] }));
        Network::read(&config).map(|network| render(&network, flavor)).unwrap_or_default()
    }

    fn content(files: &[(String, String)], path: &str) -> String {
        files.iter().find(|(own, _)| own == path).map(|(_, text)| text.clone()).unwrap_or_default()
    }

    #[test]
    fn red_hat_has_one_file_for_each_interface_and_two_for_its_routes() {
        let files = files(&RED_HAT);
        assert_eq!(
            content(&files, "/etc/sysconfig/network-scripts/ifcfg-eth0"),
            "BOOTPROTO=none\nDEFROUTE=yes\nDEVICE=eth0\nDNS1=192.0.2.53\nDOMAIN=\"a.example b.example\"\n\
             GATEWAY=10.1.0.1\nHWADDR=06:aa:bb:cc:dd:01\nIPADDR=10.1.0.2\nIPV6ADDR=2001:db8::2/64\nIPV6INIT=yes\n\
             IPV6_AUTOCONF=no\nIPV6_DEFAULTGW=2001:db8::1\nIPV6_FORCE_ACCEPT_RA=no\nMTU=1400\nNETMASK=255.255.0.0\n\
             ONBOOT=yes\nTYPE=Ethernet\nUSERCTL=no\n"
        );
        assert_eq!(
            content(&files, "/etc/sysconfig/network-scripts/route-eth0"),
            "ADDRESS0=10.0.0.0\nGATEWAY0=10.1.0.9\nNETMASK0=255.0.0.0\n"
        );
        assert!(content(&files, "/etc/resolv.conf").contains("search a.example b.example\n"));
        assert!(content(&files, "/etc/sysconfig/network").contains("NETWORKING_IPV6=yes"));
    }

    #[test]
    fn suse_has_no_gateways() {
        let files = files(&SUSE);
        assert_eq!(
            content(&files, "/etc/sysconfig/network/ifcfg-eth0"),
            "BOOTPROTO=static\nIPADDR=10.1.0.2\nIPADDR6=2001:db8::2/64\nLLADDR=06:aa:bb:cc:dd:01\nMTU=1400\n\
             NETMASK=255.255.0.0\nSTARTMODE=auto\n"
        );
        assert!(!files.iter().any(|(path, _)| path.contains("route")));
    }

    #[test]
    fn masks_are_those_of_their_prefixes() {
        assert_eq!(
            ["0", "8", "20", "32", "x"].map(mask),
            ["0.0.0.0", "255.0.0.0", "255.255.240.0", "255.255.255.255", "255.255.255.255"]
                .map(str::to_owned)
        );
    }
}
