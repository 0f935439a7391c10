//! Oracle Cloud: one document about the instance, and one about its network (VNICs).
//!
//! Source: cloud-init 26.2, `sources/DataSourceOracle.py`.

use dryboot_cloud_init::target::Release;
use serde_json::{Map as JsonMap, Value as Json, json};

use super::DataSource;
use super::given::{Given, mac, mapping, public_keys, required};
use super::table::{Metadata, Source, VendorDataForm};
use crate::identify::{Field, Sign, Test};
use crate::network::MAC;
use crate::raised::Raised;
use crate::value::{Data, Value};

pub(super) const SOURCE: Source = Source {
    name: "Oracle",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Never,
    since: Some(Release::new(18, 4)),
    examples: &[("oracle", include_str!("oracle.json"))],
    signs: &[Sign::Dmi(Field::ChassisAssetTag, Test::Is("OracleCloud.com"))],
    unreachable: "none of the addresses of the metadata answers: http://169.254.169.254/opc/v2/instance/ and its like",
    find,
};

/// How long the packets of the network are.
const MTU: i64 = 9000;

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let instance = given.metadata(&json!({
        "id": "ocid1.instance.oc1..abc", "ociAdName": "phx-ad-1", "hostname": "instance", "displayName": "instance",
    }))?;
    let id = required(&instance, &["id"])?;
    let zone = required(&instance, &["ociAdName"])?;
    let keys = instance.at(&["metadata", "ssh_authorized_keys"]);
    let metadata = mapping([
        ("availability-zone", Value::from_text(zone.clone())),
        ("instance-id", Value::from_text(id.clone())),
        ("launch-index", Value::of(Data::Int(0))),
        ("local-hostname", Value::from_text(required(&instance, &["hostname"])?)),
        ("name", Value::from_text(required(&instance, &["displayName"])?)),
        ("public_keys", keys.cloned().unwrap_or_default()),
    ]);
    let one = || json!([{ "macAddr": MAC, "privateIp": "10.0.0.2" }]);
    let vnics = given.machine.network_data.clone().unwrap_or_else(one);
    Ok(DataSource {
        shown: "DataSourceOracle".to_owned(),
        platform: "oracle",
        cloud_name: "oracle".to_owned(),
        subplatform: "metadata (http://169.254.169.254/opc/v2/)".to_owned(),
        instance_id: id,
        more: described(&instance),
        only_more: true,
        // The console and the command encode it, and the data source decodes it.
        user_data: given.user_data(),
        network: network(&vnics),
        public_keys: public_keys(keys),
        zone: Some(zone),
        launch_index: Some(0),
        metadata,
        ..DataSource::default()
    })
}

/// The document, as templates find it under `ds`.
fn described(instance: &Value) -> JsonMap<String, Json> {
    match crate::recorded::to_json(instance) {
        Json::Object(map) => map,
        _ => JsonMap::new(),
    }
}

/// The first interface asks for its address; the others are not configured unless the image wants it.
fn network(vnics: &Json) -> Option<Value> {
    let first = Value::from_json(vnics.as_array()?.first()?);
    let is_6 = first.get("privateIp").is_none() && first.has("ipv6VirtualRouterIp");
    let subnet = mapping([("type", Value::from_text(if is_6 { "dhcp6" } else { "dhcp" }))]);
    let interface = mapping([
        ("name", Value::from_text("eth0")),
        ("type", Value::from_text("physical")),
        ("mac_address", Value::from_text(mac(first.get("macAddr")))),
        ("mtu", Value::of(Data::Int(MTU))),
        ("subnets", Value::of(Data::List(vec![subnet]))),
    ]);
    let config = Value::of(Data::List(vec![interface]));
    Some(mapping([("config", config), ("version", Value::of(Data::Int(1)))]))
}
