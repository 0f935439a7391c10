//! What NetworkManager reads.
//!
//! Source: cloud-init 26.2, `net/network_manager.py`.

use uuid::Uuid;

use super::config::{Interface, Network, Route, Subnet};

/// How addresses are made where a profile does not say.
pub(super) const ADDRESSES: &str = "[.config]\n  enable=nm-version-min:1.40\n\
    [connection.30-cloud-init-ip6-addr-gen-mode]\n  ipv6.addr-gen-mode=0\n\n";

/// The namespace in which cloud-init names its profiles.
const PROFILES: Uuid = Uuid::from_u128(0xa392_4cb8_09e0_43e9_890b_7797_2a80_0108);

/// How addresses come by the type of a subnet; of any other, nothing is known.
const METHODS: [(&str, &str); 8] = [
    ("static", "manual"),
    ("static6", "manual"),
    ("dhcp6", "auto"),
    ("ipv6_slaac", "auto"),
    ("ipv6_dhcpv6-stateless", "auto"),
    ("ipv6_dhcpv6-stateful", "dhcp"),
    ("dhcp4", "auto"),
    ("dhcp", "auto"),
];

/// The parameters of a bond that a profile can have: what it calls them, and what the configuration does.
const OF_BONDS: [(&str, &str); 12] = [
    ("mode", "bond-mode"),
    ("miimon", "bond-miimon"),
    ("xmit_hash_policy", "bond-xmit_hash_policy"),
    ("num_grat_arp", "bond-num_grat_arp"),
    ("downdelay", "bond-downdelay"),
    ("updelay", "bond-updelay"),
    ("fail_over_mac", "bond-fail_over_mac"),
    ("primary_reselect", "bond-primary_reselect"),
    ("primary", "bond-primary"),
    ("ad_select", "bond-ad_select"),
    ("lacp_rate", "bond-lacp_rate"),
    ("min_links", "bond-min_links"),
];

/// Those of a bridge.
const OF_BRIDGES: [(&str, &str); 2] = [("stp", "bridge_stp"), ("priority", "bridge_bridgeprio")];

/// The profiles: what each is filed under, and its content.
pub(super) fn render(network: &Network) -> Vec<(String, String)> {
    let known = network.interfaces.iter().filter(|own| own.kind != "loopback");
    known.map(|own| (own.id.clone(), profile(own, network).text())).collect()
}

fn uuid(name: &str) -> String {
    Uuid::new_v5(&PROFILES, name.as_bytes()).to_string()
}

/// The identity of the profile of an interface that another one names.
fn reference(network: &Network, id: &str) -> String {
    let known = network.interfaces.iter().find(|other| other.id == id);
    known.map_or_else(|| id.to_owned(), |other| uuid(&other.name))
}

fn profile(own: &Interface, network: &Network) -> Profile {
    let mut profile = Profile::default();
    let name = &own.name;
    profile.set("connection", "id", format!("cloud-init {name}"));
    profile.set("connection", "uuid", uuid(name));
    profile.set("connection", "autoconnect-priority", "120");
    profile.set("connection", "type", own.kind);
    profile.set("user", "org.freedesktop.NetworkManager.origin", "cloud-init");
    let of = |kind: &str| {
        let is_part = |other: &&Interface| other.kind == kind && other.parts.contains(&own.id);
        network.interfaces.iter().find(is_part)
    };
    if let Some(bond) = of("bond") {
        profile.set("connection", "slave-type", "bond");
        profile.set("connection", "master", uuid(&bond.name));
    }
    profile.section(own.kind);
    if own.kind == "bond" && own.subnets.is_empty() {
        for family in FAMILIES {
            profile.set(family, "method", "disabled");
            profile.set(family, "may-fail", "false");
        }
    }
    for subnet in &own.subnets {
        profile.subnet(subnet);
    }
    profile.resolvers(own, network);
    profile.let_one_family_fail();
    profile.device(own, network);
    if own.kind == "bridge" || !profile.has(own.kind, "mac-address") {
        profile.set("connection", "interface-name", name.clone());
    }
    if let Some(bridge) = of("bridge") {
        profile.set_default("connection", "slave-type", "bridge");
        profile.set_default("connection", "master", &uuid(&bridge.name));
    }
    profile
}

const FAMILIES: [&str; 2] = ["ipv4", "ipv6"];

/// The section for an address or a network.
fn family(address: &str) -> &'static str {
    FAMILIES[usize::from(address.contains(':'))]
}

/// A file with sections, in the order in which they are begun.
#[derive(Default)]
struct Profile(Vec<(&'static str, Vec<(String, String)>)>);

impl Profile {
    fn section(&mut self, name: &'static str) -> &mut Vec<(String, String)> {
        let at = match self.0.iter().position(|(own, _)| *own == name) {
            Some(at) => at,
            None => {
                self.0.push((name, Vec::new()));
                self.0.len() - 1
            }
        };
        &mut self.0[at].1
    }

    fn get(&self, section: &str, key: &str) -> Option<&str> {
        let (_, settings) = self.0.iter().find(|(own, _)| *own == section)?;
        settings.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
    }

    fn has(&self, section: &str, key: &str) -> bool {
        self.get(section, key).is_some()
    }

    fn set(&mut self, section: &'static str, key: &str, value: impl Into<String>) {
        let settings = self.section(section);
        match settings.iter_mut().find(|(own, _)| own == key) {
            Some(setting) => setting.1 = value.into(),
            None => settings.push((key.to_owned(), value.into())),
        }
    }

    fn set_default(&mut self, section: &'static str, key: &str, value: &str) {
        if !self.has(section, key) {
            self.set(section, key, value);
        }
    }

    /// Adds `address1`, `address2` and so on.
    fn add_numbered(&mut self, section: &'static str, key: &str, value: String) {
        let is_numbered = |own: &str| own.strip_prefix(key).is_some_and(|rest| rest.parse::<usize>().is_ok());
        let many = self.section(section).iter().filter(|(own, _)| is_numbered(own)).count();
        self.set(section, &format!("{key}{}", many + 1), value);
    }

    fn subnet(&mut self, subnet: &Subnet) {
        let family = FAMILIES[usize::from(subnet.is_6())];
        self.method(family, &subnet.kind);
        if let Some(address) = &subnet.address {
            self.add_numbered(family, "address", address.clone());
        }
        if let Some(gateway) = &subnet.gateway {
            self.set(family, "gateway", gateway.clone());
        }
        for route in &subnet.routes {
            self.route(route);
        }
        if let Some(metric) = &subnet.metric {
            self.set(family, "route-metric", metric.clone());
        }
    }

    fn method(&mut self, family: &'static str, kind: &str) {
        self.set_default(family, "method", "disabled");
        let known = METHODS.iter().find(|(own, _)| *own == kind).map(|(_, method)| *method);
        if known.is_none() {
            self.set(family, "may-fail", "true");
        }
        let method = known.unwrap_or("auto");
        // Addresses that somebody gives are not taken back for fixed ones.
        match self.get(family, "method") {
            Some("dhcp") => return,
            Some("auto") if method == "manual" => return,
            _ => {}
        }
        if kind.starts_with("ipv6_") {
            self.set_default("ipv4", "method", "disabled");
        }
        self.set(family, "method", method);
        self.set_default(family, "may-fail", "false");
    }

    fn route(&mut self, route: &Route) {
        let network = route.network();
        let family = family(&network);
        let mut value = network;
        if !route.via.is_empty() {
            value = format!("{value},{}", route.via);
        }
        match &route.metric {
            Some(metric) if route.is_default() => self.set(family, "route-metric", metric.clone()),
            Some(metric) => value = format!("{value},{metric}"),
            None => {}
        }
        self.add_numbered(family, "route", value);
    }

    /// The name servers of the interface; without any, those of all.
    fn resolvers(&mut self, own: &Interface, network: &Network) {
        let or = |own: Vec<String>, all: &[String]| if own.is_empty() { all.to_vec() } else { own };
        let servers = or(own.all_nameservers(), &network.nameservers);
        let search = or(own.all_search(), &network.search);
        let is_on = |profile: &Self, family: &str| {
            profile.get(family, "method").is_some_and(|method| method != "disabled")
        };
        for server in servers {
            let family = family(&server);
            if is_on(self, family) {
                let so_far = self.get(family, "dns").unwrap_or_default().to_owned();
                self.set(family, "dns", format!("{so_far}{server};"));
            }
        }
        for family in FAMILIES.into_iter().filter(|_| !search.is_empty()) {
            if is_on(self, family) {
                self.set(family, "dns-search", format!("{};", search.join(";")));
            }
        }
    }

    /// Where both families ask for addresses, one of them is enough.
    fn let_one_family_fail(&mut self) {
        let must = |family: &&str| {
            self.get(family, "may-fail") == Some("false")
                && matches!(self.get(family, "method"), Some("dhcp" | "auto"))
        };
        if FAMILIES.iter().all(must) {
            FAMILIES.into_iter().for_each(|family| self.set(family, "may-fail", "true"));
        }
    }

    /// What depends on the kind of the interface.
    fn device(&mut self, own: &Interface, network: &Network) {
        let listed: &[(&str, &str)] = match own.kind {
            "bond" => &OF_BONDS,
            "bridge" => &OF_BRIDGES,
            _ => &[],
        };
        for (key, asked) in listed {
            if let Some(value) = own.parameter(asked) {
                let shown = if value.is_flag() { value.shown().to_lowercase() } else { value.shown() };
                self.set(own.kind, key, shown);
            }
        }
        let mac = own.mac.as_ref().map(|mac| mac.replace('-', ":").to_uppercase());
        match own.kind {
            "ethernet" => {
                own.mtu.iter().for_each(|mtu| self.set("ethernet", "mtu", mtu.clone()));
                mac.into_iter().for_each(|mac| self.set("ethernet", "mac-address", mac));
            }
            "vlan" => {
                own.vlan.iter().for_each(|id| self.set("vlan", "id", id.clone()));
                own.parts.first().into_iter().for_each(|link| {
                    self.set("vlan", "parent", reference(network, link));
                });
            }
            "bond" => own.mtu.iter().for_each(|mtu| self.set("ethernet", "mtu", mtu.clone())),
            "bridge" => mac.into_iter().for_each(|mac| self.set("bridge", "mac-address", mac)),
            _ => {}
        }
    }

    fn text(&self) -> String {
        let section = |(name, settings): &(&str, Vec<(String, String)>)| {
            let lines: String = settings.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
            format!("[{name}]\n{lines}\n")
        };
        self.0.iter().map(section).collect()
    }
}
