//! OpenStack: the same files on a config drive and from the metadata service.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::nocloud::launch_index;
use super::{DataSource, VendorData, public_keys};
use crate::input::Machine;
use crate::network;
use crate::raised::Raised;
use crate::value::Value;

pub(super) fn find_drive(machine: &Machine, user_data: &[u8]) -> Result<DataSource, Raised> {
    let found = find(machine, user_data)?;
    Ok(DataSource {
        shown: "DataSourceConfigDrive [net,ver=2][source=/config-drive]".to_owned(),
        platform: "configdrive",
        cloud_name: "configdrive".to_owned(),
        subplatform: "seed-dir (/config-drive)".to_owned(),
        is_local: found.metadata.at(&["meta", "dsmode"]).is_some_and(|mode| mode.text() == Some("local")),
        ..found
    })
}

pub(super) fn find_service(machine: &Machine, user_data: &[u8]) -> Result<DataSource, Raised> {
    let found = find(machine, user_data)?;
    Ok(DataSource {
        shown: "DataSourceOpenStackLocal [net,ver=2]".to_owned(),
        platform: "openstack",
        cloud_name: "openstack".to_owned(),
        subplatform: "metadata (http://169.254.169.254)".to_owned(),
        files: Vec::new(),
        ..found
    })
}

fn find(machine: &Machine, user_data: &[u8]) -> Result<DataSource, Raised> {
    let default = json!({ "uuid": "i-0abc123" });
    let mut metadata = Value::from_json(machine.metadata.as_ref().unwrap_or(&default));
    let Some(id) = metadata.setting("uuid") else {
        return Err(Raised::new("BrokenMetadata", "`uuid` is missing in the metadata"));
    };
    if let Some(name) = metadata.get("hostname").cloned() {
        metadata.set("local-hostname", name);
    }
    metadata.set("instance-id", Value::from_text(id.clone()));
    let random_seed = match metadata.get("random_seed").and_then(Value::text) {
        Some(seed) => Some(
            STANDARD
                .decode(seed)
                .map_err(|_| Raised::new("BrokenMetadata", "`random_seed` in the metadata is not base64"))?,
        ),
        None => None,
    };
    let mut warnings = Vec::new();
    let mut vendor = |json: &Option<Json>| match vendor_data(json.as_ref(), true) {
        Ok(data) => data,
        Err(error) => {
            warnings.push(error.text);
            VendorData::None
        }
    };
    let (vendor_data, vendor_data2) = (vendor(&machine.vendordata_json), vendor(&machine.vendordata2_json));
    let network = machine.network_data.as_ref().map(|data| network::from_openstack(&Value::from_json(data)));
    Ok(DataSource {
        instance_id: id,
        user_data: Some(user_data.to_vec()).filter(|bytes| !bytes.is_empty()),
        vendor_data,
        vendor_data2,
        network,
        public_keys: public_keys(metadata.get("public_keys")),
        zone: metadata.get("availability_zone").filter(|zone| zone.is_truthy()).map(Value::shown),
        launch_index: launch_index(&metadata, "launch_index"),
        random_seed,
        files: injected(&metadata, machine),
        warnings,
        metadata,
        ..DataSource::default()
    })
}

/// Files that the platform asks to write.
fn injected(metadata: &Value, machine: &Machine) -> Vec<(String, String)> {
    let items = metadata.get("files").and_then(Value::list).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            let path = item.setting("path")?;
            let name = item.setting("content_path")?;
            let content = machine.content.get(name.trim_start_matches("/content/"))?;
            Some((path, content.clone()))
        })
        .collect()
}

/// What of the platform's vendor-data is for cloud-init.
fn vendor_data(json: Option<&Json>, is_outer: bool) -> Result<VendorData, Raised> {
    Ok(match json {
        None | Some(Json::Null) => VendorData::None,
        Some(Json::String(text)) => VendorData::Text(text.clone()),
        Some(Json::Array(items)) => {
            let text = |item: &Json| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            VendorData::List(items.iter().map(text).collect())
        }
        Some(Json::Object(map)) if is_outer => vendor_data(map.get("cloud-init"), false)?,
        Some(_) => {
            return Err(Raised::value_error("the vendor-data for cloud-init is neither text nor a list"));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_for_cloud_init_is_its_vendor_data() {
        let of = |json: Json| vendor_data(Some(&json), true);
        assert_eq!(of(json!({ "region": "DFW" })), Ok(VendorData::None));
        assert_eq!(of(json!({ "cloud-init": "#!" })), Ok(VendorData::Text("#!".to_owned())));
        assert_eq!(of(json!(["a"])), Ok(VendorData::List(vec!["a".to_owned()])));
        assert!(of(json!({ "cloud-init": {} })).is_err());
    }

    #[test]
    fn values_that_are_not_there_are_not_made_up() {
        let found = find(&Machine::default(), b"");
        assert_eq!(found.map(|found| (found.instance_id, found.zone)), Ok(("i-0abc123".to_owned(), None)));
    }
}
