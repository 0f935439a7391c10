//! Hetzner Cloud: metadata in YAML, and private networks beside it.
//!
//! Source: cloud-init 26.2, `sources/DataSourceHetzner.py`.

use dryboot_cloud_init::target::Release;
use serde_json::json;

use super::given::{Given, items, mac, mapping, public_keys, required, text_at};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::{Data, Value};

pub(super) const SOURCE: Source = Source {
    name: "Hetzner",
    metadata: Metadata::Yaml,
    vendor_data: VendorDataForm::Text,
    since: Some(Release::new(18, 2)),
    examples: &[("hetzner", include_str!("hetzner.json"))],
    signs: &[Sign::Dmi(Field::SysVendor, Test::Is("Hetzner"))],
    unreachable: "neither http://[fe80::a9fe:a9fe%25eth0]/hetzner/v1/metadata nor \
                  http://169.254.169.254/hetzner/v1/metadata answers in 120 seconds",
    find,
};

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let server = given.metadata(&json!({
        "instance-id": 12_345_678, "hostname": "server",
        "network-config": { "version": 1, "config": [
            { "type": "physical", "name": "eth0", "mac_address": crate::network::MAC, "subnets": [{ "type": "dhcp" }] },
        ] },
    }))?;
    let id = required(&server, &["instance-id"])?;
    let host = required(&server, &["hostname"])?;
    let get = |key: &str| server.get(key).cloned().unwrap_or_default();
    let metadata = mapping([
        ("instance-id", get("instance-id")),
        ("local-hostname", Value::from_text(host)),
        ("network-config", get("network-config")),
        ("public-keys", get("public-keys")),
        ("private-networks", get("private-networks")),
    ]);
    let network = network(&server);
    let network_error =
        network.is_none().then(|| Raised::runtime_error("the metadata has no network configuration"));
    let vendor_data = given.machine.vendordata.clone().or_else(|| text_at(&server, &["vendor_data"]));
    Ok(DataSource {
        shown: "DataSourceHetzner".to_owned(),
        platform: "hetzner",
        cloud_name: "hetzner".to_owned(),
        subplatform: "unknown".to_owned(),
        instance_id: id,
        // Binary user-data cannot be handed over, so what is base64 throughout is decoded.
        user_data: given.decoded_user_data(),
        vendor_data: vendor_data.map_or(VendorData::None, VendorData::Text),
        network,
        network_error,
        network_at_every_boot: true,
        public_keys: public_keys(server.get("public-keys")),
        hotplug: true,
        hotplug_rules: "\nSUBSYSTEM==\"net\", ATTR{address}==\"86:*\", GOTO=\"cloudinit_hook\"\n\
                        GOTO=\"cloudinit_end\"\n",
        metadata,
        ..DataSource::default()
    })
}

/// The network of the metadata; interfaces of private networks ask for their addresses.
fn network(server: &Value) -> Option<Value> {
    let mut network = server.get("network-config").filter(|config| config.is_truthy())?.clone();
    let mut all = items(&network, &["config"]).to_vec();
    for private in items(server, &["private-networks"]) {
        let subnet = mapping([("ipv4", Value::of(Data::Bool(true))), ("type", Value::from_text("dhcp"))]);
        all.push(mapping([
            ("type", Value::from_text("physical")),
            ("mac_address", Value::from_text(mac(private.get("mac_address")))),
            ("name", Value::from_text(format!("eth{}", all.len()))),
            ("subnets", Value::of(Data::List(vec![subnet]))),
        ]));
    }
    network.set("config", Value::of(Data::List(all)));
    Some(network)
}
