//! OpenStack: the same files on a config drive and from the metadata service.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::given::{Given, Mode, launch_index, public_keys};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, Placed, VendorData};
use crate::identify::{Field, Sign, Test};
use crate::input::Machine;
use crate::network;
use crate::raised::Raised;
use crate::value::Value;

pub(super) const DRIVE: Source = Source {
    name: "ConfigDrive",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Json,
    since: None,
    examples: &[
        ("config-drive", include_str!("config_drive.json")),
        ("rackspace", include_str!("rackspace.json")),
    ],
    signs: &[
        Sign::Label(&["config-2", "CONFIG-2"]),
        Sign::Path("/config-drive/openstack/latest/meta_data.json"),
        Sign::Path("/var/lib/cloud/seed/config_drive/openstack/latest/meta_data.json"),
    ],
    unreachable: "no disk with the label `config-2` can be read",
    find: find_drive,
};

pub(super) const SERVICE: Source = Source {
    name: "OpenStack",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Json,
    since: None,
    examples: &[("openstack", include_str!("openstack.json"))],
    signs: &[
        Sign::Dmi(Field::ProductName, Test::Is("OpenStack Nova")),
        Sign::Dmi(Field::ProductName, Test::Is("OpenStack Compute")),
        Sign::Dmi(Field::ChassisAssetTag, Test::Is("OpenTelekomCloud")),
        Sign::Dmi(Field::ChassisAssetTag, Test::Is("SAP CCloud VM")),
        Sign::Dmi(Field::ChassisAssetTag, Test::Is("Samsung Cloud Platform")),
        Sign::Dmi(Field::ChassisAssetTag, Test::Is("HUAWEICLOUD")),
    ],
    unreachable: "the metadata service at http://169.254.169.254 does not answer",
    find: find_service,
};

/// Where the drive is that no description places elsewhere.
const DRIVE_PATH: &str = "/config-drive";

fn find_drive(given: &Given<'_>) -> Result<DataSource, Raised> {
    let seed = given.machine.seed.as_deref().unwrap_or(DRIVE_PATH);
    let form = if seed.starts_with("/dev") { "config-disk" } else { "seed-dir" };
    let found = find(given)?;
    Ok(DataSource {
        shown: format!("DataSourceConfigDrive [net,ver=2][source={seed}]"),
        platform: "configdrive",
        cloud_name: "configdrive".to_owned(),
        subplatform: format!("{form} ({seed})"),
        deprecated: (found.network.is_none()
            && found.metadata.at(&["network_config", "content_path"]).is_some())
        .then_some("`network_config` in the metadata should be `network_data.json`"),
        ..found
    })
}

fn find_service(given: &Given<'_>) -> Result<DataSource, Raised> {
    let found = find(given)?;
    Ok(DataSource {
        shown: "DataSourceOpenStackLocal [net,ver=2]".to_owned(),
        platform: "openstack",
        cloud_name: "openstack".to_owned(),
        subplatform: "metadata (http://169.254.169.254)".to_owned(),
        files: Vec::new(),
        ..found
    })
}

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let machine = given.machine;
    let mut metadata = given.metadata(&json!({ "uuid": "i-0abc123" }))?;
    let Some(id) = metadata.setting("uuid") else {
        return Err(Raised::new("BrokenMetadata", "`uuid` is missing in the metadata"));
    };
    if let Some(name) = metadata.get("hostname").cloned() {
        metadata.set("local-hostname", name);
    }
    metadata.set("instance-id", Value::from_text(id.clone()));
    let random_seed = match metadata.get("random_seed").and_then(Value::text) {
        Some(seed) => {
            // Python skips what is not of the alphabet.
            let is_of_it = |char: &char| char.is_ascii_alphanumeric() || "+/=".contains(*char);
            let kept: String = seed.chars().filter(is_of_it).collect();
            let broken = |_| Raised::new("BrokenMetadata", "`random_seed` in the metadata is not base64");
            Some(STANDARD.decode(kept).map_err(broken)?)
        }
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
    for json in [&machine.vendordata_json, &machine.vendordata2_json].into_iter().flatten() {
        if json.is_number() || json.is_boolean() {
            return Err(Raised::new(
                "BrokenMetadata",
                "the vendor-data is neither a mapping, nor a list, nor text",
            ));
        }
    }
    let mode = Mode::of(metadata.at(&["meta", "dsmode"]))?;
    let (vendor_data, vendor_data2) = (vendor(&machine.vendordata_json), vendor(&machine.vendordata2_json));
    let network = machine.network_data.as_ref().map(|data| network::from_openstack(&Value::from_json(data)));
    Ok(DataSource {
        instance_id: id,
        user_data: given.user_data(),
        vendor_data,
        vendor_data2,
        network,
        public_keys: public_keys(metadata.get("public_keys")),
        zone: metadata.get("availability_zone").filter(|zone| zone.is_truthy()).map(Value::shown),
        launch_index: launch_index(&metadata, "launch_index"),
        random_seed,
        files: injected(&metadata, machine)?,
        is_local: mode == Mode::Local,
        warnings,
        metadata,
        ..DataSource::default()
    })
}

/// Files that the platform asks to write.
///
/// # Errors
/// The content of one is not there.
fn injected(metadata: &Value, machine: &Machine) -> Result<Vec<Placed>, Raised> {
    let items = metadata.get("files").and_then(Value::list).unwrap_or_default();
    let placed = items.iter().filter_map(|item| {
        let path = item.setting("path")?;
        let name = item.setting("content_path")?;
        Some(match machine.content.get(name.trim_start_matches("/content/")) {
            Some(content) => {
                let content = content.clone();
                Ok(Placed { path, content, mode: 0o660, directory_mode: 0o755, cause: "files" })
            }
            None => Err(Raised::new("BrokenMetadata", format!("the content of `{path}` is not there"))),
        })
    });
    placed.collect()
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
        let machine = Machine::default();
        let given = Given { machine: &machine, user_data: b"", image: &crate::image::IMAGES[0] };
        let found = find(&given);
        assert_eq!(found.map(|found| (found.instance_id, found.zone)), Ok(("i-0abc123".to_owned(), None)));
    }
}
