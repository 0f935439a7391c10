//! What netplan reads.

use super::config::{EVERYWHERE, Interface, Network, Route};
use super::parameters::name_in_version_2;
use crate::dump;
use crate::raised::Raised;
use crate::value::{Data, Map, Value};

/// The file for netplan: a configuration of version 2 as it is, any other translated. A gateway is a default route, or a
/// key of its own in older releases.
///
/// # Errors
/// It cannot be understood.
pub(super) fn render(config: &Value, has_default_routes: bool) -> Result<String, Raised> {
    let is_netplan = config.get("version").is_some_and(|version| version.data == Data::Int(2));
    if is_netplan {
        let mut whole = Value::empty();
        whole.set("network", config.clone());
        return Ok(dump::block(&whole));
    }
    let mut text = "network:\n    version: 2\n".to_owned();
    for section in translated(&Network::read(config)?, has_default_routes) {
        let lines = dump::block(&section);
        text.extend(lines.lines().map(|line| format!("    {line}\n")));
    }
    Ok(text)
}

/// The sections, in the order in which they are written.
fn translated(network: &Network, has_default_routes: bool) -> Vec<Value> {
    let mut sections = Vec::new();
    for (kind, section) in
        [("ethernet", "ethernets"), ("bond", "bonds"), ("bridge", "bridges"), ("vlan", "vlans")]
    {
        let of_kind = network.interfaces.iter().filter(|interface| interface.kind == kind);
        let entries: Map = of_kind
            .map(|own| (own.name.as_str().into(), interface(own, network, has_default_routes)))
            .collect();
        if !entries.is_empty() {
            let mut named = Value::empty();
            named.set(section, Value::of(Data::Map(entries)));
            sections.push(named);
        }
    }
    sections
}

fn interface(own: &Interface, network: &Network, has_default_routes: bool) -> Value {
    let mut entry = Map::default();
    let texts = |texts: &[String]| Value::from_texts(texts.iter().map(String::as_str));
    let mut put = |key: &str, value: Value| {
        entry.insert(key.into(), value);
    };
    if let Some(accepts) = own.accept_ra {
        put("accept-ra", Value::of(Data::Bool(accepts)));
    }
    if !own.addresses.is_empty() {
        put("addresses", texts(&own.addresses));
    }
    for (key, is_on) in [("dhcp4", own.dhcp4), ("dhcp6", own.dhcp6)] {
        if is_on {
            put(key, Value::of(Data::Bool(true)));
        }
    }
    let is_physical = own.kind == "ethernet";
    if let Some(mac) = &own.mac {
        let mac = Value::from_text(mac.to_lowercase());
        if is_physical {
            let mut matches = Value::empty();
            matches.set("macaddress", mac);
            put("match", matches);
        } else {
            put("macaddress", mac);
        }
    }
    if let Some(mtu) = &own.mtu {
        put(
            "mtu",
            mtu.parse().map_or_else(|_| Value::from_text(mtu.clone()), |mtu| Value::of(Data::Int(mtu))),
        );
    }
    // The name servers of all are for interfaces with an address that have none of their own.
    let has_own = !own.nameservers.is_empty() || !own.search.is_empty();
    let (servers, search) = match has_own || own.addresses.is_empty() {
        true => (&own.nameservers, &own.search),
        false => (&network.nameservers, &network.search),
    };
    if !servers.is_empty() || !search.is_empty() {
        let mut nameservers = Value::empty();
        for (key, values) in [("addresses", servers), ("search", search)] {
            // Those of all come with both keys.
            if !has_own || !values.is_empty() {
                nameservers.set(key, texts(values));
            }
        }
        put("nameservers", nameservers);
    }
    let (gateways, routes): (Vec<&Route>, Vec<&Route>) =
        own.routes.iter().partition(|route| route.to == EVERYWHERE && !has_default_routes);
    for gateway in gateways {
        let key = if gateway.via.contains(':') { "gateway6" } else { "gateway4" };
        put(key, Value::from_text(gateway.via.clone()));
    }
    if !routes.is_empty() {
        let route = |route: &Route| {
            let mut entry = Value::empty();
            if route.on_link {
                entry.set("on-link", Value::of(Data::Bool(true)));
            }
            entry.set("to", Value::from_text(route.to.clone()));
            entry.set("via", Value::from_text(route.via.clone()));
            entry
        };
        put("routes", Value::of(Data::List(routes.into_iter().map(route).collect())));
    }
    if is_physical && own.mac.is_some() {
        put("set-name", Value::from_text(own.name.clone()));
    }
    match (own.kind, own.parts.as_slice()) {
        ("vlan", [link, ..]) => {
            let id = own.vlan.clone().unwrap_or_default();
            put("id", id.parse().map_or_else(|_| Value::from_text(id), |id| Value::of(Data::Int(id))));
            put("link", Value::from_text(link.clone()));
        }
        ("bond" | "bridge", parts) => {
            let mut parts = parts.to_vec();
            parts.sort();
            put("interfaces", texts(&parts));
            let mut parameters = Value::empty();
            for (name, value) in &own.parameters {
                parameters.set(name_in_version_2(own.kind, name), value.clone());
            }
            if parameters.is_truthy() {
                parameters.sort();
                put("parameters", parameters);
            }
        }
        _ => {}
    }
    Value::of(Data::Map(entry))
}
