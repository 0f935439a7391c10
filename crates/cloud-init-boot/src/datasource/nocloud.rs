//! NoCloud: files beside the machine.

use dryboot_machine::Cause;
use dryboot_text::Span;

use super::{DataSource, VendorData, public_keys};
use crate::input::Machine;
use crate::raised::Raised;
use crate::read::read;
use crate::value::{Data, Value};

pub(super) fn find(machine: &Machine, user_data: &[u8]) -> Result<DataSource, Raised> {
    let metadata = match (&machine.metadata_raw, &machine.metadata) {
        (Some(text), _) => read(text, &|_: Span| Cause::Metadata("meta-data"))?,
        (None, Some(metadata)) => Value::from_json(metadata),
        (None, None) => Value::from_json(&serde_json::json!({ "instance-id": "i-0abc123" })),
    };
    let metadata = if metadata.map().is_some() { metadata } else { Value::empty() };
    let network = match &machine.network_config {
        None => None,
        Some(text) => {
            let config = read(text, &|_: Span| Cause::Metadata("network-config"))?;
            Some(config.get("network").cloned().unwrap_or(config)).filter(Value::is_truthy)
        }
    };
    let keys = public_keys(metadata.get("public-keys").or_else(|| metadata.get("public_keys")));
    Ok(DataSource {
        shown: "DataSourceNoCloud [seed=/var/lib/cloud/seed/nocloud]".to_owned(),
        platform: "nocloud",
        cloud_name: "unknown".to_owned(),
        subplatform: "seed-dir (/var/lib/cloud/seed/nocloud)".to_owned(),
        instance_id: metadata.setting("instance-id").unwrap_or_else(|| "nocloud".to_owned()),
        launch_index: launch_index(&metadata, "ami-launch-index"),
        user_data: Some(user_data.to_vec()),
        vendor_data: machine.vendordata.clone().map_or(VendorData::None, VendorData::Text),
        network,
        public_keys: keys,
        metadata,
        ..DataSource::default()
    })
}

/// The number of a machine among those that were launched together.
pub(super) fn launch_index(metadata: &Value, key: &str) -> Option<i64> {
    match &metadata.get(key)?.data {
        Data::Int(index) => Some(*index),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}
