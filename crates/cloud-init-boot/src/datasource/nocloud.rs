//! NoCloud: files beside the machine.
//!
//! Source: cloud-init 26.2, `sources/DataSourceNoCloud.py`; of Proxmox VE its documentation of cloud-init.

use serde_json::json;

use super::given::{Given, launch_index, public_keys};
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
    let metadata = given.metadata(&json!({ "instance-id": "i-0abc123" }));
    let metadata = match metadata {
        // Metadata of another form counts as none.
        Err(error) if error.kind == "TypeError" => Value::empty(),
        metadata => metadata?,
    };
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
        network: given.network_config()?,
        public_keys: keys,
        metadata,
        ..DataSource::default()
    })
}
