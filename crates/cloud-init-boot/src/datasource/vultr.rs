//! Vultr: one JSON document.
//!
//! Source: cloud-init 26.2, `sources/DataSourceVultr.py` and `sources/helpers/vultr.py`.

use dryboot_cloud_init::target::Release;
use serde_json::json;

use super::given::{Given, items, mac, mapping, public_keys, required, text_at};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::{Data, Value};

pub(super) const SOURCE: Source = Source {
    name: "Vultr",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Text,
    since: Some(Release::new(21, 2)),
    examples: &[("vultr", include_str!("vultr.json"))],
    signs: &[
        Sign::Dmi(Field::SysVendor, Test::Is("Vultr")),
        Sign::CommandLine("vultr"),
        Sign::Path("/etc/vultr"),
    ],
    unreachable: "http://169.254.169.254/v1.json does not answer",
    find,
};

/// The name servers of the platform.
const NAME_SERVERS: [&str; 2] = ["108.61.10.10", "2001:19f0:300:1704::6"];

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let mut metadata = given.metadata(&json!({
        "instance-v2-id": "29bea708-2e6e-480a-90ad-0e6b5d5ad62f", "hostname": "guest", "vendor-data": "",
        "region": { "regioncode": "EWR" }, "interfaces": [{ "mac": crate::network::MAC }],
    }))?;
    let id = required(&metadata, &["instance-v2-id"])?;
    let host = required(&metadata, &["hostname"])?;
    let host = if host.is_empty() { "guest".to_owned() } else { host };
    let region = match text_at(&metadata, &["region", "countrycode"]) {
        Some(country) => country,
        None => required(&metadata, &["region", "regioncode"])?,
    };
    let region = region.to_lowercase();
    metadata.set("instance-id", Value::from_text(id.clone()));
    metadata.set("local-hostname", Value::from_text(host));
    metadata.set("region", Value::from_text(region.clone()));
    let vendor_data = given.machine.vendordata.clone().map(VendorData::Text);
    Ok(DataSource {
        shown: "DataSourceVultr".to_owned(),
        platform: "vultr",
        cloud_name: "vultr".to_owned(),
        subplatform: "unknown".to_owned(),
        instance_id: id,
        user_data: given.user_data(),
        vendor_data: vendor_data.unwrap_or_else(|| own_vendor_data(&metadata)),
        network: Some(metadata.get("cloud_interfaces").cloned().unwrap_or_else(|| network(&metadata))),
        public_keys: public_keys(metadata.get("public-keys")),
        region: Some(region),
        metadata,
        ..DataSource::default()
    })
}

/// The vendor-data in the metadata.
fn own_vendor_data(metadata: &Value) -> VendorData {
    match metadata.get("vendor-data").filter(|data| data.is_truthy()).map(|data| &data.data) {
        None => VendorData::None,
        Some(Data::List(items)) => VendorData::List(items.iter().map(Value::shown).collect()),
        Some(_) => metadata.setting("vendor-data").map_or(VendorData::None, VendorData::Text),
    }
}

/// The first interface asks for its addresses; the others have theirs in the metadata.
fn network(metadata: &Value) -> Value {
    let mut config = vec![mapping([
        ("type", Value::from_text("nameserver")),
        ("address", Value::from_texts(NAME_SERVERS)),
    ])];
    for (number, own) in items(metadata, &["interfaces"]).iter().enumerate() {
        if number > 0 && own.get("unconfigured").is_some_and(Value::is_truthy) {
            continue;
        }
        let kind = |kind: &str| mapping([("type", Value::from_text(kind))]);
        let mut subnets = match number {
            0 => vec![kind("dhcp"), kind("ipv6_slaac")],
            _ => vec![fixed("static", own.get("ipv4"), &["address", "netmask"])],
        };
        if let (Some(routes), Some(first)) = (own.get("routes"), subnets.first_mut()) {
            first.set("routes", routes.clone());
        }
        for more in items(own, &["ipv4", "additional"]) {
            subnets.push(fixed("static", Some(more), &["address", "netmask", "routes"]));
        }
        for more in items(own, &["ipv6", "additional"]) {
            let mut subnet = fixed("static6", Some(more), &["routes"]);
            let part = |key: &str| more.setting(key).unwrap_or_default();
            subnet.set("address", Value::from_text(format!("{}/{}", part("network"), part("prefix"))));
            subnets.push(subnet);
        }
        let mut interface = mapping([
            ("name", Value::from_text(format!("eth{number}"))),
            ("type", Value::from_text("physical")),
            ("mac_address", Value::from_text(mac(own.get("mac")))),
            ("subnets", Value::of(Data::List(subnets))),
        ]);
        if number == 0 {
            interface.set("accept-ra", Value::of(Data::Int(1)));
        }
        for key in ["mtu", "accept-ra"] {
            if let Some(value) = own.get(key) {
                interface.set(key, value.clone());
            }
        }
        config.push(interface);
    }
    mapping([("version", Value::of(Data::Int(1))), ("config", Value::of(Data::List(config)))])
}

fn fixed(kind: &str, from: Option<&Value>, keys: &[&str]) -> Value {
    let mut subnet = mapping([("type", Value::from_text(kind))]);
    for key in keys {
        if let Some(value) = from.and_then(|from| from.get(key)) {
            subnet.set(key, value.clone());
        }
    }
    subnet
}
