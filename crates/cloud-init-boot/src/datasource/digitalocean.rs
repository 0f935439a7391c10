//! DigitalOcean: one JSON document.
//!
//! Source: cloud-init 26.2, `sources/DataSourceDigitalOcean.py` and `sources/helpers/digitalocean.py`.

use serde_json::json;

use super::given::{Given, items, mac, mapping, public_keys, text_at};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::{Data, Value};

pub(super) const SOURCE: Source = Source {
    name: "DigitalOcean",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Text,
    since: None,
    examples: &[("digitalocean", include_str!("digitalocean.json"))],
    signs: &[Sign::Dmi(Field::SysVendor, Test::Is("DigitalOcean"))],
    unreachable: "http://169.254.169.254/metadata/v1.json does not answer",
    find,
};

/// What the interfaces of each kind are called.
const NAMES: [(&str, &str); 2] = [("public", "eth0"), ("private", "eth1")];

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let droplet = given.metadata(&json!({
        "droplet_id": 1, "hostname": "droplet", "region": "nyc3", "dns": { "nameservers": ["67.207.67.3"] },
        "interfaces": { "public": [{ "mac": crate::network::MAC, "type": "public" }] },
    }))?;
    let get = |key: &str| droplet.get(key).cloned().unwrap_or_default();
    let id = droplet.setting("droplet_id").unwrap_or_default();
    let zone = droplet.setting("region").unwrap_or_else(|| "default".to_owned());
    let metadata = mapping([
        ("instance-id", get("droplet_id")),
        ("local-hostname", get("hostname")),
        ("interfaces", get("interfaces")),
        ("public-keys", get("public_keys")),
        ("availability_zone", Value::from_text(zone.clone())),
    ]);
    let (network, network_error) = match network(&droplet) {
        Ok(network) => (Some(network), None),
        Err(error) => (None, Some(error)),
    };
    let vendor_data = given.machine.vendordata.clone().or_else(|| text_at(&droplet, &["vendor_data"]));
    Ok(DataSource {
        shown: "DataSourceDigitalOcean".to_owned(),
        platform: "digitalocean",
        cloud_name: "digitalocean".to_owned(),
        subplatform: "metadata (http://169.254.169.254/metadata/v1.json)".to_owned(),
        instance_id: id,
        user_data: given.user_data(),
        vendor_data: vendor_data.map_or(VendorData::None, VendorData::Text),
        network,
        network_error,
        public_keys: public_keys(droplet.get("public_keys")),
        zone: Some(zone),
        deprecated: Some("this data source is deprecated since 23.2 in favor of ConfigDrive"),
        notes: vec![
            "a droplet with a config drive reads that one instead: `--platform config-drive` follows it",
        ],
        metadata,
        ..DataSource::default()
    })
}

/// The addresses of the interfaces. Only a public one has a gateway, and none of those that tie it to the host.
///
/// # Errors
/// There are none.
fn network(droplet: &Value) -> Result<Value, Raised> {
    let none = || Raised::runtime_error("the metadata has no network interfaces");
    let interfaces = droplet.get("interfaces").filter(|all| all.is_truthy()).ok_or_else(none)?;
    let servers = droplet.at(&["dns", "nameservers"]).ok_or_else(|| Raised::key_error("dns"))?;
    let mut config = Vec::new();
    for (number, list) in interfaces.entries()?.values().enumerate() {
        let Some(interface) = list.list().and_then(<[Value]>::first) else { continue };
        let kind = interface.setting("type").unwrap_or_default();
        let named = NAMES.iter().find(|(known, _)| *known == kind).map(|(_, name)| (*name).to_owned());
        let subnets = ["ipv4", "ipv6", "anchor_ipv4", "anchor_ipv6"].into_iter().filter_map(|family| {
            let address = interface.get(family).filter(|address| address.is_truthy())?;
            Some(subnet(address, kind == "public" && !family.starts_with("anchor")))
        });
        config.push(mapping([
            ("type", Value::from_text("physical")),
            ("mac_address", Value::from_text(mac(interface.get("mac")))),
            ("name", Value::from_text(named.unwrap_or_else(|| format!("eth{number}")))),
            ("subnets", Value::of(Data::List(subnets.collect()))),
        ]));
    }
    if !items(droplet, &["dns", "nameservers"]).is_empty() {
        config.push(mapping([("type", Value::from_text("nameserver")), ("address", servers.clone())]));
    }
    Ok(mapping([("version", Value::of(Data::Int(1))), ("config", Value::of(Data::List(config)))]))
}

fn subnet(address: &Value, has_gateway: bool) -> Value {
    let own = address.setting("ip_address").unwrap_or_default();
    let is_6 = own.contains(':');
    let own = if is_6 { format!("{own}/{}", address.setting("cidr").unwrap_or_default()) } else { own };
    let mut subnet = mapping([("type", Value::from_text("static")), ("address", Value::from_text(own))]);
    for (key, is_wanted) in [("netmask", !is_6), ("gateway", has_gateway)] {
        if let Some(value) = address.get(key).filter(|_| is_wanted) {
            subnet.set(key, value.clone());
        }
    }
    subnet
}
