//! The network as OpenStack describes it.
//!
//! Source: cloud-init 26.2, `sources/helpers/openstack.py`.

use crate::value::{Data, Map, Value};

/// What `network_data.json` of OpenStack says, as a configuration of version 1.
#[must_use]
pub(crate) fn from_openstack(data: &Value) -> Value {
    let list = |key: &str| data.get(key).and_then(Value::list).unwrap_or_default();
    let mut items = Vec::new();
    for (number, link) in list("links").iter().enumerate() {
        let mut item = Map::default();
        let mut put = |key: &str, value: Value| {
            item.insert(key.into(), value);
        };
        put("type", Value::from_text("physical"));
        put("name", Value::from_text(format!("eth{number}")));
        if let Some(mac) = link.get("ethernet_mac_address") {
            put("mac_address", mac.clone());
        }
        if let Some(mtu) = link.get("mtu").filter(|mtu| mtu.is_truthy()) {
            put("mtu", mtu.clone());
        }
        let id = link.setting("id");
        let subnets =
            list("networks").iter().filter(|network| network.setting("link") == id).map(subnet).collect();
        put("subnets", Value::of(Data::List(subnets)));
        items.push(Value::of(Data::Map(item)));
    }
    for service in list("services").iter().filter(|service| service.setting("type").as_deref() == Some("dns"))
    {
        let mut item = Value::empty();
        item.set("type", Value::from_text("nameserver"));
        item.set("address", service.get("address").cloned().unwrap_or_default());
        items.push(item);
    }
    let mut config = Value::empty();
    config.set("version", Value::of(Data::Int(1)));
    config.set("config", Value::of(Data::List(items)));
    config
}

fn subnet(network: &Value) -> Value {
    let mut subnet = Value::empty();
    let kind = network.setting("type").unwrap_or_default();
    let is_dhcp = kind.contains("dhcp");
    let name = match (is_dhcp, kind.starts_with("ipv6")) {
        (true, false) => "dhcp4",
        (true, true) => "ipv6_dhcpv6-stateful",
        (false, false) => "static",
        (false, true) => "static6",
    };
    subnet.set("type", Value::from_text(name));
    if let Some(address) = network.get("ip_address").filter(|_| !is_dhcp) {
        subnet.set("address", address.clone());
    }
    for key in ["netmask", "routes"] {
        if let Some(value) = network.get(key) {
            subnet.set(key, value.clone());
        }
    }
    subnet
}
