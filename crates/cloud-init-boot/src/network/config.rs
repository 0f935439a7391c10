//! What a network configuration says, in whichever version it is written.

use std::net::{IpAddr, Ipv4Addr};

use crate::raised::Raised;
use crate::value::{Data, Value};

/// The destination of a gateway that an interface or a subnet has.
pub(super) const EVERYWHERE: &str = "default";

/// A network configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Network {
    /// The interfaces.
    pub(crate) interfaces: Vec<Interface>,
    /// Name servers for all of them.
    pub(crate) nameservers: Vec<String>,
    /// Search domains for all of them.
    pub(crate) search: Vec<String>,
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Interface {
    /// Its name.
    pub(crate) name: String,
    /// What it is: `ethernet`, `bond`, `bridge`, `vlan`.
    pub(crate) kind: &'static str,
    /// Its address on the wire.
    pub(crate) mac: Option<String>,
    /// It asks for an IPv4 address.
    pub(crate) dhcp4: bool,
    /// It asks for an IPv6 address.
    pub(crate) dhcp6: bool,
    /// Its addresses, each with the length of its prefix.
    pub(crate) addresses: Vec<String>,
    /// Its routes.
    pub(crate) routes: Vec<Route>,
    /// Its name servers.
    pub(crate) nameservers: Vec<String>,
    /// Its search domains.
    pub(crate) search: Vec<String>,
    /// The length of its packets.
    pub(crate) mtu: Option<String>,
    /// What it is made of: the interfaces of a bond or a bridge, the link of a VLAN.
    pub(crate) parts: Vec<String>,
    /// The number of a VLAN.
    pub(crate) vlan: Option<String>,
    /// Whether it takes addresses from the announcements of routers, where that is said.
    pub(crate) accept_ra: Option<bool>,
}

/// A route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Where it leads, with the length of the prefix.
    pub(crate) to: String,
    /// The gateway.
    pub(crate) via: String,
    /// The gateway is in no network of the interface, and is reached all the same.
    pub(crate) on_link: bool,
}

impl Route {
    /// Whether it leads everywhere.
    #[must_use]
    pub(crate) fn is_default(&self) -> bool {
        matches!(self.to.as_str(), EVERYWHERE | "0.0.0.0/0" | "::/0")
    }
}

impl Network {
    /// Reads a configuration.
    ///
    /// # Errors
    /// It is of no known version, or not of the form that its version asks for.
    pub(crate) fn read(config: &Value) -> Result<Self, Raised> {
        match config.get("version").map(|version| version.shown()).as_deref() {
            Some("1") => Self::version_1(config),
            Some("2") => Self::version_2(config),
            _ => Err(Raised::runtime_error("the network configuration has no version that is known")),
        }
    }

    fn version_1(config: &Value) -> Result<Self, Raised> {
        let mut network = Self::default();
        for item in config.get("config").ok_or_else(|| Raised::key_error("config"))?.items()? {
            let kind = match item.setting("type").as_deref() {
                Some("physical") => "ethernet",
                Some("bond") => "bond",
                Some("bridge") => "bridge",
                Some("vlan") => "vlan",
                Some("nameserver") => {
                    network.nameservers.extend(texts(item.get("address")));
                    network.search.extend(texts(item.get("search")));
                    continue;
                }
                _ => continue,
            };
            let mut interface = Interface {
                name: item.setting("name").ok_or_else(|| Raised::key_error("name"))?,
                kind,
                mac: item.setting("mac_address"),
                mtu: item.setting("mtu"),
                parts: ["bond_interfaces", "bridge_interfaces", "vlan_link"]
                    .iter()
                    .flat_map(|key| texts(item.get(key)))
                    .collect(),
                vlan: item.setting("vlan_id"),
                accept_ra: item.get("accept-ra").map(Value::is_yes),
                ..Interface::default()
            };
            for subnet in item.get("subnets").map_or(Ok(Vec::new()), Value::items)? {
                interface.subnet(&subnet);
            }
            network.interfaces.push(interface);
        }
        Ok(network)
    }

    fn version_2(config: &Value) -> Result<Self, Raised> {
        let mut network = Self::default();
        for (section, kind) in
            [("ethernets", "ethernet"), ("bonds", "bond"), ("bridges", "bridge"), ("vlans", "vlan")]
        {
            let Some(section) = config.get(section).filter(|section| section.is_truthy()) else { continue };
            for (key, value) in section.entries()? {
                let is_on = |name| value.get(name).is_some_and(Value::is_yes);
                let routes = value.get("routes").map_or(Ok(Vec::new()), Value::items)?;
                let mut routes: Vec<Route> = routes
                    .iter()
                    .map(|route| Route {
                        to: route.setting("to").unwrap_or_default(),
                        via: route.setting("via").unwrap_or_default(),
                        on_link: route.get("on-link").is_some_and(Value::is_yes),
                    })
                    .collect();
                for gateway in ["gateway4", "gateway6"] {
                    if let Some(via) = value.setting(gateway) {
                        routes.push(Route { to: EVERYWHERE.to_owned(), via, on_link: false });
                    }
                }
                let of_servers = |name| texts(value.at(&["nameservers", name]));
                network.interfaces.push(Interface {
                    name: value.setting("set-name").unwrap_or_else(|| key.shown()),
                    kind,
                    mac: value.at(&["match", "macaddress"]).map(Value::shown),
                    dhcp4: is_on("dhcp4"),
                    dhcp6: is_on("dhcp6"),
                    addresses: texts(value.get("addresses")),
                    routes,
                    nameservers: of_servers("addresses"),
                    search: of_servers("search"),
                    mtu: value.setting("mtu"),
                    parts: ["interfaces", "link"].iter().flat_map(|name| texts(value.get(name))).collect(),
                    vlan: value.setting("id"),
                    accept_ra: value.get("accept-ra").map(Value::is_yes),
                });
            }
        }
        Ok(network)
    }
}

impl Interface {
    fn subnet(&mut self, subnet: &Value) {
        match subnet.setting("type").as_deref() {
            Some("dhcp" | "dhcp4") => self.dhcp4 = true,
            Some("dhcp6" | "ipv6_dhcpv6-stateful" | "ipv6_dhcpv6-stateless" | "ipv6_slaac") => {
                self.dhcp6 = true;
            }
            _ => {}
        }
        if let Some(address) = subnet.setting("address") {
            let prefix = subnet.setting("netmask").map(|mask| prefix_of(&mask));
            let has_prefix = address.contains('/');
            let prefix = prefix.or_else(|| subnet.setting("prefix"));
            self.addresses.push(match prefix.filter(|_| !has_prefix) {
                Some(prefix) => format!("{address}/{prefix}"),
                None => address,
            });
        }
        if let Some(via) = subnet.setting("gateway") {
            let on_link = self.addresses.last().is_some_and(|own| !is_within(&via, own));
            self.routes.push(Route { to: EVERYWHERE.to_owned(), via, on_link });
        }
        self.nameservers.extend(texts(subnet.get("dns_nameservers")));
        self.search.extend(texts(subnet.get("dns_search")));
        for route in subnet.get("routes").and_then(Value::list).unwrap_or_default() {
            let network =
                route.setting("network").or_else(|| route.setting("destination")).unwrap_or_default();
            let prefix =
                route.setting("netmask").or_else(|| route.setting("prefix")).map(|mask| prefix_of(&mask));
            let to = match prefix.filter(|_| !network.contains('/')) {
                Some(prefix) => format!("{network}/{prefix}"),
                None => network,
            };
            let via = route.setting("gateway").unwrap_or_default();
            self.routes.push(Route { to, via, on_link: false });
        }
    }
}

/// The texts in a list, or one text, which may hold several.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value.map(|value| &value.data) {
        Some(Data::List(items)) => items.iter().map(Value::shown).collect(),
        Some(Data::Text(text)) => text.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Whether an address is in the network of another, which has the length of its prefix; what cannot be read is.
fn is_within(address: &str, network: &str) -> bool {
    let Some((own, prefix)) = network.split_once('/') else { return true };
    let (Ok(address), Ok(own), Ok(prefix)) = (address.parse(), own.parse(), prefix.parse::<u32>()) else {
        return true;
    };
    match (address, own) {
        (IpAddr::V4(address), IpAddr::V4(own)) => {
            let shift = 32_u32.saturating_sub(prefix);
            u32::from(address).checked_shr(shift) == u32::from(own).checked_shr(shift)
        }
        (IpAddr::V6(address), IpAddr::V6(own)) => {
            let shift = 128_u32.saturating_sub(prefix);
            u128::from(address).checked_shr(shift) == u128::from(own).checked_shr(shift)
        }
        _ => false,
    }
}

/// The length of the prefix that a mask stands for.
fn prefix_of(mask: &str) -> String {
    match mask.parse::<Ipv4Addr>() {
        Ok(address) => u32::from(address).count_ones().to_string(),
        Err(_) => mask.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_say_the_same() {
        let one = serde_json::json!({ "version": 1, "config": [
            { "type": "physical", "name": "eth0", "mac_address": "06:aa:bb:cc:dd:01",
              "subnets": [{ "type": "static", "address": "10.0.0.5", "netmask": "255.255.255.0", "gateway": "10.0.0.1" }] },
        ] });
        let two = serde_json::json!({ "version": 2, "ethernets": { "eth0": {
            "match": { "macaddress": "06:aa:bb:cc:dd:01" }, "addresses": ["10.0.0.5/24"], "gateway4": "10.0.0.1",
        } } });
        let read =
            |json: &serde_json::Value| Network::read(&Value::from_json(json)).expect("a configuration");
        assert_eq!(read(&one), read(&two));
        assert!(Network::read(&Value::empty()).is_err());
    }

    #[test]
    fn a_gateway_outside_the_network_is_on_the_link() {
        assert!(is_within("10.0.0.1", "10.0.0.5/24"));
        assert!(is_within("192.0.2.1", "10.0.0.5/0"));
        assert!(!is_within("fe80::1", "2001:db8:c17:1::1/64"));
        assert!(!is_within("10.0.1.1", "10.0.0.5/24"));
    }
}
