//! LXD and Incus: a socket of the host.
//!
//! Source: cloud-init 26.2, `sources/DataSourceLXD.py`.

use dryboot_cloud_init::target::Release;
use serde_json::{Map as JsonMap, Value as Json, json};

use super::given::{Given, mapping, public_keys};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::Sign;
use crate::raised::Raised;
use crate::value::{Data, Value};

pub(super) const SOURCE: Source = Source {
    name: "LXD",
    metadata: Metadata::Yaml,
    vendor_data: VendorDataForm::Text,
    since: Some(Release::new(21, 4)),
    examples: &[("lxd", include_str!("lxd.json"))],
    signs: &[Sign::Path("/dev/lxd/sock")],
    unreachable: "/dev/lxd/sock does not exist",
    find,
};

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let metadata = given.metadata(&json!({ "instance-id": "i-0abc123", "local-hostname": "instance" }))?;
    let config: JsonMap<String, Json> = [
        ("cloud-init.user-data", Some(String::from_utf8_lossy(given.user_data).into_owned())),
        ("cloud-init.vendor-data", given.machine.vendordata.clone()),
        ("cloud-init.network-config", given.machine.network_config.clone()),
    ]
    .into_iter()
    .filter_map(|(key, text)| Some((key.to_owned(), Json::String(text.filter(|text| !text.is_empty())?))))
    .collect();
    let mut more = JsonMap::new();
    more.insert("_metadata_api_version".to_owned(), json!("1.0"));
    more.insert("meta-data".to_owned(), json!(crate::dump::block(&metadata)));
    more.insert("config".to_owned(), Json::Object(config));
    Ok(DataSource {
        shown: "DataSourceLXD".to_owned(),
        platform: "lxd",
        cloud_name: "lxd".to_owned(),
        subplatform: "LXD socket API v. 1.0 (/dev/lxd/sock)".to_owned(),
        instance_id: metadata.setting("instance-id").unwrap_or_else(|| "iid-datasource".to_owned()),
        more,
        only_more: true,
        user_data: given.user_data(),
        vendor_data: given.machine.vendordata.clone().map_or(VendorData::None, VendorData::Text),
        network: Some(Some(given.network_config()?).filter(Value::is_truthy).unwrap_or_else(network)),
        public_keys: public_keys(metadata.get("public-keys")),
        metadata,
        ..DataSource::default()
    })
}

/// The first interface asks for its address.
fn network() -> Value {
    let interface = mapping([
        ("type", Value::from_text("physical")),
        ("name", Value::from_text("eth0")),
        ("subnets", Value::of(Data::List(vec![mapping([("type", Value::from_text("dhcp"))])]))),
    ]);
    mapping([("version", Value::of(Data::Int(1))), ("config", Value::of(Data::List(vec![interface])))])
}
