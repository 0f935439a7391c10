//! NoCloud: files beside the machine.
//!
//! Source: cloud-init 26.2, `sources/DataSourceNoCloud.py`; of Proxmox VE its documentation of cloud-init.

use serde_json::json;

use super::given::{Given, Mode, launch_index, public_keys};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::Value;

pub(super) const SOURCE: Source = Source {
    name: "NoCloud",
    metadata: Metadata::Yaml,
    vendor_data: VendorDataForm::Text,
    since: None,
    examples: &[("proxmox", include_str!("proxmox.json")), ("nocloud", include_str!("nocloud.json"))],
    signs: &[
        Sign::Label(&["cidata", "CIDATA"]),
        Sign::Dmi(Field::ProductSerial, Test::Contains("ds=nocloud")),
        Sign::Path("/var/lib/cloud/seed/nocloud/meta-data"),
        Sign::Path("/var/lib/cloud/seed/nocloud-net/meta-data"),
    ],
    unreachable: "no NoCloud seed was found",
    find,
};

/// Where the files are that no description places elsewhere.
const SEED: &str = "/var/lib/cloud/seed/nocloud";

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let seed = given.machine.seed.as_deref().unwrap_or(SEED);
    let form = if seed.starts_with("/dev") { "config-disk" } else { "seed-dir" };
    // What cannot be read counts as empty.
    let mut warnings = Vec::new();
    let mut or_nothing = |read: Result<Value, Raised>| match read {
        Ok(value) if value.is_null() => Value::empty(),
        Ok(value) if value.map().is_some() => value,
        Ok(value) => {
            warnings.push(format!("the data of the seed must be mappings, not a {}", value.type_name()));
            Value::empty()
        }
        Err(error) => {
            warnings.push(error.text);
            Value::empty()
        }
    };
    let mut metadata = or_nothing(given.any_metadata(&json!({ "instance-id": "i-0abc123" })));
    let network = Some(or_nothing(given.network_config())).filter(Value::is_truthy);
    if !metadata.has("dsmode") {
        metadata.set("dsmode", Value::from_text("net"));
    }
    let mode = Mode::of(metadata.get("dsmode"))?;
    let keys = public_keys(metadata.get("public-keys").or_else(|| metadata.get("public_keys")));
    Ok(DataSource {
        shown: format!("DataSourceNoCloud [seed={seed}]"),
        platform: "nocloud",
        cloud_name: "unknown".to_owned(),
        subplatform: format!("{form} ({seed})"),
        instance_id: metadata.setting("instance-id").unwrap_or_else(|| "nocloud".to_owned()),
        launch_index: launch_index(&metadata, "ami-launch-index"),
        user_data: Some(given.user_data.to_vec()),
        vendor_data: given.machine.vendordata.clone().map_or(VendorData::None, VendorData::Text),
        network,
        public_keys: keys,
        is_local: mode == Mode::Local,
        deprecated: metadata
            .has("network-interfaces")
            .then_some("`network-interfaces` should be a network configuration"),
        warnings,
        metadata,
        ..DataSource::default()
    })
}
