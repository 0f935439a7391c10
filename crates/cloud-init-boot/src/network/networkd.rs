//! What systemd-networkd reads.
//!
//! Source: cloud-init 26.2, `net/networkd.py`.

use std::collections::{BTreeMap, BTreeSet};

use super::config::{Interface, Network, Route};
use crate::value::Value;

/// The parameters of a bond: what the configuration calls them, what networkd does, and the unit of a number.
const OF_BONDS: [(&str, &str, &str); 15] = [
    ("bond-ad-select", "AdSelect", ""),
    ("bond-arp-interval", "ARPIntervalSec", "ms"),
    ("bond-arp-validate", "ARPValidate", ""),
    ("bond-downdelay", "DownDelaySec", "ms"),
    ("bond-fail-over-mac", "FailOverMACPolicy", ""),
    ("bond-lacp-rate", "LACPTransmitRate", ""),
    ("bond-miimon", "MIIMonitorSec", "ms"),
    ("bond-min-links", "MinLinks", ""),
    ("bond-mode", "Mode", ""),
    ("bond-num-grat-arp", "GratuitousARP", ""),
    ("bond-primary-reselect", "PrimaryReselectPolicy", ""),
    ("bond-updelay", "UpDelaySec", "ms"),
    ("bond-xmit-hash-policy", "TransmitHashPolicy", ""),
    ("bond-arp-all-targets", "ARPAllTargets", ""),
    ("bond-packets-per-slave", "PacketsPerSlave", ""),
];

/// Those of a bridge.
const OF_BRIDGES: [(&str, &str); 6] = [
    ("bridge_ageing", "AgeingTimeSec"),
    ("bridge_bridgeprio", "Priority"),
    ("bridge_fd", "ForwardDelaySec"),
    ("bridge_hello", "HelloTimeSec"),
    ("bridge_maxage", "MaxAgeSec"),
    ("bridge_stp", "STP"),
];

/// What can be said about DHCP: the setting, its name in networkd, and whether it is about IPv4 alone.
const OVERRIDES: [(&str, &str, bool); 9] = [
    ("use-dns", "UseDNS", false),
    ("use-domains", "UseDomains", false),
    ("use-hostname", "UseHostname", false),
    ("use-ntp", "UseNTP", false),
    ("send-hostname", "SendHostname", true),
    ("hostname", "Hostname", true),
    ("route-metric", "RouteMetric", true),
    ("use-mtu", "UseMTU", true),
    ("use-routes", "UseRoutes", true),
];

/// The files: the end of the name, and the content. First the networks, then the devices.
pub(super) fn render(network: &Network) -> Vec<(String, String)> {
    let networks =
        network.interfaces.iter().map(|own| (format!("{}.network", own.name), networking(own, network)));
    let mut files: Vec<(String, String)> = networks.collect();
    for kind in ["vlan", "bond", "bridge"] {
        let of_kind = network.interfaces.iter().filter(|own| own.kind == kind);
        // What is made of nothing is left out.
        let devices = of_kind.filter(|own| !own.parts.is_empty() && (kind != "vlan" || own.vlan.is_some()));
        files.extend(devices.map(|own| (format!("{}.netdev", own.name), device(own))));
    }
    files
}

/// A file with sections, which are sorted as all in them is.
#[derive(Default)]
struct File {
    sections: BTreeMap<&'static str, BTreeSet<String>>,
    /// Each route is a section of its own.
    routes: BTreeMap<String, BTreeSet<String>>,
}

impl File {
    fn add(&mut self, section: &'static str, key: &str, value: impl std::fmt::Display) {
        self.sections.entry(section).or_default().insert(format!("{key}={value}"));
    }

    fn add_route(&mut self, id: String, route: &Route) {
        let settings = self.routes.entry(id).or_default();
        settings.insert(format!("Destination={}", route.network()));
        if !route.via.is_empty() {
            settings.insert(format!("Gateway={}", route.via));
        }
        settings.extend(route.metric.as_ref().map(|metric| format!("Metric={metric}")));
    }

    fn text(&self) -> String {
        let section = |name: &str, lines: &BTreeSet<String>| {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            format!("[{name}]\n{lines}")
        };
        let mut all: Vec<(&str, String)> = Vec::new();
        for (name, lines) in &self.sections {
            if *name == "Address" {
                all.extend(lines.iter().map(|line| (*name, format!("[{name}]\n{line}\n"))));
            } else {
                all.push((*name, section(name, lines)));
            }
        }
        all.extend(self.routes.values().map(|lines| ("Route", section("Route", lines))));
        all.sort_by_key(|(name, _)| *name);
        all.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }
}

fn networking(own: &Interface, network: &Network) -> String {
    let mut file = File::default();
    let is_physical = own.kind == "ethernet";
    for other in &network.interfaces {
        match other.kind {
            "vlan" if other.parts.first() == Some(&own.name) && other.vlan.is_some() => {
                file.add("Network", "VLAN", &other.name);
            }
            "bond" if other.parts.contains(&own.id) => file.add("Network", "Bond", &other.name),
            "bridge" if other.parts.contains(&own.name) => file.add("Network", "Bridge", &other.name),
            _ => {}
        }
    }
    file.add("Match", "Name", &own.name);
    if let Some(mac) = &own.mac {
        file.add(if is_physical { "Match" } else { "Link" }, "MACAddress", mac.to_lowercase());
    }
    if let Some(mtu) = &own.mtu {
        file.add("Link", "MTUBytes", mtu);
    }
    let dhcp = subnets(own, &mut file);
    file.add("Network", "DHCP", dhcp);
    if let Some(accepts) = own.accept_ra {
        file.add("Network", "IPv6AcceptRA", if accepts { "yes" } else { "no" });
    }
    resolvers(own, network, &mut file);
    for (number, route) in network.routes.iter().enumerate() {
        file.add_route(format!("c{number}"), route);
    }
    overrides(own, dhcp, &mut file);
    file.text()
}

/// The subnets, and for which families the interface asks.
fn subnets(own: &Interface, file: &mut File) -> &'static str {
    let (mut asks_4, mut asks_6) = (false, false);
    let mut number = 0;
    for subnet in &own.subnets {
        asks_4 |= matches!(subnet.kind.as_str(), "dhcp" | "dhcp4");
        asks_6 |= subnet.kind == "dhcp6";
        for route in &subnet.routes {
            file.add_route(format!("r{number}"), route);
            number += 1;
        }
        let Some(address) = &subnet.address else { continue };
        file.add("Address", "Address", address);
        if let Some(gateway) = &subnet.gateway {
            let route = file.routes.entry(format!("a{number}")).or_default();
            route.insert(format!("Gateway={gateway}"));
            if subnet.is_gateway_on_link() {
                route.insert("GatewayOnLink=yes".to_owned());
            }
            number += 1;
        }
        for (key, values) in [("DNS", &subnet.nameservers), ("Domains", &subnet.search)] {
            if !values.is_empty() {
                file.add("Network", key, values.join(" "));
            }
        }
    }
    match (asks_4, asks_6) {
        (true, true) => "yes",
        (true, false) => "ipv4",
        (false, true) => "ipv6",
        (false, false) => "no",
    }
}

fn resolvers(own: &Interface, network: &Network, file: &mut File) {
    let (servers, search) = match (&own.servers, network.version) {
        (Some(servers), _) => (&servers.addresses, &servers.search),
        (None, 1) => (&network.nameservers, &network.search),
        (None, _) => return,
    };
    for (key, values) in [("Domains", search), ("DNS", servers)] {
        if !values.is_empty() {
            file.add("Network", key, values.join(" "));
        }
    }
}

fn overrides(own: &Interface, dhcp: &str, file: &mut File) {
    for (section, family, given, is_4) in
        [("DHCPv4", "ipv4", &own.overrides[0], true), ("DHCPv6", "ipv6", &own.overrides[1], false)]
    {
        let Some(given) = given.as_ref().filter(|_| dhcp == "yes" || dhcp == family) else { continue };
        for (asked, key, only_4) in OVERRIDES {
            if let Some(value) = given.get(asked).filter(|_| is_4 || !only_4) {
                file.add(section, key, value.shown());
            }
        }
    }
}

/// What is made before it can be used: a VLAN, a bond or a bridge.
fn device(own: &Interface) -> String {
    let mut file = File::default();
    file.add("NetDev", "Name", &own.name);
    file.add("NetDev", "Kind", own.kind);
    own.mtu.iter().for_each(|mtu| file.add("NetDev", "MTUBytes", mtu));
    own.mac.iter().for_each(|mac| file.add("NetDev", "MACAddress", mac.to_lowercase()));
    match own.kind {
        "vlan" => own.vlan.iter().for_each(|id| file.add("VLAN", "Id", id)),
        "bond" => {
            for (asked, key, unit) in OF_BONDS {
                own.parameter(asked).into_iter().for_each(|value| {
                    file.add("Bond", key, format!("{}{unit}", value.shown()));
                });
            }
        }
        _ => {
            for (asked, key) in OF_BRIDGES {
                if let Some(value) = own.parameter(asked).filter(|value| Value::is_truthy(value)) {
                    let shown = if value.is_flag() { "yes".to_owned() } else { value.shown() };
                    file.add("Bridge", key, shown);
                }
            }
        }
    }
    file.text()
}
