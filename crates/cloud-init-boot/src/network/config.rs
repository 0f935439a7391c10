//! What a network configuration says, in whichever version it is written.

use std::net::{IpAddr, Ipv4Addr};

use super::parameters::{name_in_version_1, parameters};
use crate::raised::Raised;
use crate::value::{Data, Value};

/// The destination of a gateway that an interface or a subnet has.
pub(super) const EVERYWHERE: &str = "default";

/// A network configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Network {
    /// The version in which it is written.
    pub(crate) version: u8,
    /// Routes of the machine, which no interface has.
    pub(crate) routes: Vec<Route>,
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
    /// What the configuration calls it, which need not be its name.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// What it is: `ethernet`, `bond`, `bridge`, `vlan`, `loopback`.
    pub(crate) kind: &'static str,
    /// Its address on the wire.
    pub(crate) mac: Option<String>,
    /// How it comes to its addresses, one by one; what follows is what they have in all.
    pub(crate) subnets: Vec<Subnet>,
    /// The name servers that are its own, whichever subnets it has.
    pub(crate) servers: Option<Servers>,
    /// The parameters of a bond or a bridge, as version 1 calls them.
    pub(crate) parameters: Vec<(String, Value)>,
    /// What is said about DHCP for IPv4 and for IPv6.
    pub(crate) overrides: [Option<Value>; 2],
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

/// Name servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Servers {
    /// Their addresses.
    pub(crate) addresses: Vec<String>,
    /// The domains in which names are looked for.
    pub(crate) search: Vec<String>,
}

/// A way to an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subnet {
    /// Its type in version 1: `dhcp4`, `static`, `ipv6_slaac`.
    pub(crate) kind: String,
    /// The address, with the length of its prefix.
    pub(crate) address: Option<String>,
    /// The gateway.
    pub(crate) gateway: Option<String>,
    /// The routes that come with it.
    pub(crate) routes: Vec<Route>,
    /// Its name servers.
    pub(crate) nameservers: Vec<String>,
    /// Its search domains.
    pub(crate) search: Vec<String>,
    /// How much the way costs.
    pub(crate) metric: Option<String>,
}

impl Subnet {
    /// Whether it is about IPv6.
    #[must_use]
    pub(crate) fn is_6(&self) -> bool {
        self.kind.ends_with('6')
            || self.kind.starts_with("ipv6_")
            || (self.kind == "static" && self.address.as_ref().is_some_and(|address| address.contains(':')))
    }

    /// Whether its gateway is in another network.
    #[must_use]
    pub(crate) fn is_gateway_on_link(&self) -> bool {
        matches!((&self.gateway, &self.address), (Some(via), Some(own)) if !is_within(via, own))
    }
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
    /// How much it costs.
    pub(crate) metric: Option<String>,
}

impl Route {
    /// Whether it leads everywhere.
    #[must_use]
    pub(crate) fn is_default(&self) -> bool {
        matches!(self.to.as_str(), EVERYWHERE | "0.0.0.0/0" | "::/0")
    }

    /// Where it leads, as a network with the length of its prefix.
    #[must_use]
    pub(crate) fn network(&self) -> String {
        let is_6 = |text: &str| text.contains(':');
        match self.to.as_str() {
            EVERYWHERE if is_6(&self.via) => "::/0".to_owned(),
            EVERYWHERE => "0.0.0.0/0".to_owned(),
            to if to.contains('/') => to.to_owned(),
            to => format!("{to}/{}", if is_6(to) { 64 } else { 24 }),
        }
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
        let mut network = Self { version: 1, ..Self::default() };
        for item in config.get("config").ok_or_else(|| Raised::key_error("config"))?.items()? {
            let kind = match item.setting("type").as_deref() {
                Some("physical") => "ethernet",
                Some("bond") => "bond",
                Some("bridge") => "bridge",
                Some("vlan") => "vlan",
                Some("loopback") => "loopback",
                Some("route") => {
                    network.routes.push(route(&item));
                    continue;
                }
                Some("nameserver") => {
                    network.nameservers.extend(texts(item.get("address")));
                    network.search.extend(texts(item.get("search")));
                    continue;
                }
                _ => continue,
            };
            let name = item.setting("name").ok_or_else(|| Raised::key_error("name"))?;
            let mut interface = Interface {
                id: name.clone(),
                name,
                kind,
                parameters: parameters(kind, &|name| name.to_owned(), item.get("params"))?,
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
        let mut network = Self { version: 2, ..Self::default() };
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
                        metric: route.setting("metric"),
                    })
                    .collect();
                let subnets = subnets_of_version_2(value, &routes);
                for gateway in ["gateway4", "gateway6"] {
                    if let Some(via) = value.setting(gateway) {
                        routes.push(Route { to: EVERYWHERE.to_owned(), via, ..Route::default() });
                    }
                }
                let of_servers = |name| texts(value.at(&["nameservers", name]));
                let servers = value
                    .has("nameservers")
                    .then(|| Servers { addresses: of_servers("addresses"), search: of_servers("search") });
                let given = value.get("parameters");
                let mac = match kind {
                    "ethernet" => value.at(&["match", "macaddress"]),
                    _ => value.get("macaddress"),
                };
                network.interfaces.push(Interface {
                    id: key.shown(),
                    subnets,
                    servers,
                    parameters: parameters(kind, &|name| name_in_version_1(kind, name), given)?,
                    overrides: ["dhcp4-overrides", "dhcp6-overrides"].map(|key| value.get(key).cloned()),
                    name: value.setting("set-name").unwrap_or_else(|| key.shown()),
                    kind,
                    mac: mac.map(Value::shown),
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

/// The ways to addresses in version 2: first those that ask, then the addresses that are given.
fn subnets_of_version_2(value: &Value, routes: &[Route]) -> Vec<Subnet> {
    let mut subnets = Vec::new();
    for (key, kind, overrides) in
        [("dhcp4", "dhcp4", "dhcp4-overrides"), ("dhcp6", "dhcp6", "dhcp6-overrides")]
    {
        if value.get(key).is_some_and(Value::is_truthy) {
            let metric = value.at(&[overrides, "route-metric"]).map(Value::shown);
            subnets.push(Subnet { kind: kind.to_owned(), metric, ..Subnet::default() });
        }
    }
    let mut gateways = ["gateway4", "gateway6"].map(|key| value.setting(key));
    let of_servers = |name| texts(value.at(&["nameservers", name]));
    let mut servers = (of_servers("addresses"), of_servers("search"));
    for address in texts(value.get("addresses")) {
        // The first address of a family has its gateway, and the first of all the name servers.
        let gateway = gateways[usize::from(address.contains(':'))].take();
        let (nameservers, search) = std::mem::take(&mut servers);
        let kind = "static".to_owned();
        subnets.push(Subnet {
            kind,
            address: Some(address),
            gateway,
            nameservers,
            search,
            ..Subnet::default()
        });
    }
    if let Some(first) = subnets.first_mut() {
        first.routes = routes.to_vec();
    }
    subnets
}

/// A route of version 1.
fn route(route: &Value) -> Route {
    let network = route.setting("network").or_else(|| route.setting("destination")).unwrap_or_default();
    let prefix = route.setting("netmask").or_else(|| route.setting("prefix")).map(|mask| prefix_of(&mask));
    let to = match prefix.filter(|_| !network.contains('/')) {
        Some(prefix) => format!("{network}/{prefix}"),
        None => network,
    };
    let via = route.setting("gateway").unwrap_or_default();
    Route { to, via, metric: route.setting("metric"), ..Route::default() }
}

impl Interface {
    /// A parameter of a bond or a bridge, by its name in version 1.
    #[must_use]
    pub(crate) fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The name servers of its subnets, and then its own, each once.
    #[must_use]
    pub(crate) fn all_nameservers(&self) -> Vec<String> {
        self.all(|subnet| &subnet.nameservers, |servers| &servers.addresses)
    }

    /// The search domains of its subnets, and then its own, each once.
    #[must_use]
    pub(crate) fn all_search(&self) -> Vec<String> {
        self.all(|subnet| &subnet.search, |servers| &servers.search)
    }

    fn all(&self, of: fn(&Subnet) -> &Vec<String>, own: fn(&Servers) -> &Vec<String>) -> Vec<String> {
        let mut all: Vec<String> = self.subnets.iter().flat_map(of).cloned().collect();
        for text in self.servers.iter().flat_map(own) {
            if !all.contains(text) {
                all.push(text.clone());
            }
        }
        all
    }

    fn subnet(&mut self, subnet: &Value) {
        let first_address = self.addresses.len();
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
            self.routes.push(Route { to: EVERYWHERE.to_owned(), via, on_link, ..Route::default() });
        }
        let routes: Vec<Route> =
            subnet.get("routes").and_then(Value::list).unwrap_or_default().iter().map(route).collect();
        let (nameservers, search) = (texts(subnet.get("dns_nameservers")), texts(subnet.get("dns_search")));
        self.nameservers.extend(nameservers.iter().cloned());
        self.search.extend(search.iter().cloned());
        self.routes.extend(routes.iter().cloned());
        let address = self.addresses.get(first_address).map(|address| match address.contains('/') {
            true => address.clone(),
            false => format!("{address}/{}", if address.contains(':') { 64 } else { 24 }),
        });
        self.subnets.push(Subnet {
            kind: subnet.setting("type").unwrap_or_default(),
            address,
            gateway: subnet.setting("gateway"),
            routes,
            nameservers,
            search,
            metric: subnet.setting("metric"),
        });
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
        // Only the version itself differs, and where a gateway is said to be.
        let of = |json| {
            read(json).interfaces.into_iter().map(|own| (own.addresses, own.subnets)).collect::<Vec<_>>()
        };
        assert_eq!(of(&one), of(&two));
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
