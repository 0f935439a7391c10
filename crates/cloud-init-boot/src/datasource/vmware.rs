//! VMware: variables of the virtual machine that the host keeps (guestinfo).
//!
//! Source: cloud-init 26.2, `sources/DataSourceVMware.py`.

use dryboot_cloud_init::parts;
use dryboot_cloud_init::target::Release;
use dryboot_machine::Cause;
use dryboot_text::Span;
use dryboot_user_data::base64;
use dryboot_yaml::Limits;
use serde_json::json;

use super::given::{Given, public_keys};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, VendorData};
use crate::identify::Sign;
use crate::raised::Raised;
use crate::read::read;
use crate::value::Value;

pub(super) const SOURCE: Source = Source {
    name: "VMware",
    metadata: Metadata::Yaml,
    vendor_data: VendorDataForm::Text,
    since: Some(Release::new(21, 3)),
    examples: &[("vmware", include_str!("vmware.json"))],
    signs: &[Sign::GuestInfo],
    unreachable: "neither `guestinfo.metadata` nor `guestinfo.userdata` nor `guestinfo.vendordata` is set",
    find,
};

/// The keys for public keys, the first one that is there counts.
const KEYS: [&str; 4] = ["public-keys-data", "public_keys_data", "public-keys", "public_keys"];

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let mut metadata = given.metadata(&json!({}))?;
    let network = network(&metadata)?;
    if let Some(network) = &network {
        let mut config = Value::empty();
        config.set("config", network.clone());
        metadata.set("network", config);
    }
    // Without one, the id is that of the machine's firmware.
    let id =
        metadata.setting("instance-id").unwrap_or_else(|| "4229fd1c-b96c-d7ea-d1c8-1c2f7d4f8a2b".to_owned());
    metadata.set("instance-id", Value::from_text(id.clone()));
    Ok(DataSource {
        shown: "DataSourceVMware [seed=guestinfo]".to_owned(),
        platform: "vmware",
        cloud_name: "vmware".to_owned(),
        subplatform: "guestinfo (guestinfo.metadata)".to_owned(),
        instance_id: id,
        user_data: given.user_data(),
        vendor_data: given.machine.vendordata.clone().map_or(VendorData::None, VendorData::Text),
        network,
        public_keys: public_keys(KEYS.iter().find_map(|key| metadata.get(key))),
        region: metadata.setting("region"),
        zone: ["availability-zone", "availability_zone"].iter().find_map(|key| metadata.setting(key)),
        hotplug: true,
        hotplug_rules: "\nENV{ID_NET_DRIVER}==\"e1000|e1000e|vlance|vmxnet2|vmxnet3|vrdma\", \
                        GOTO=\"cloudinit_hook\"\nGOTO=\"cloudinit_end\"\n",
        metadata,
        ..DataSource::default()
    })
}

/// The network configuration: a mapping, or text that may be encoded.
///
/// # Errors
/// The text cannot be read.
fn network(metadata: &Value) -> Result<Option<Value>, Raised> {
    let Some(own) = metadata.get("network").filter(|own| own.is_truthy()) else { return Ok(None) };
    let config = match own.text() {
        None => own.clone(),
        Some(text) => {
            let encoding = metadata.setting("network.encoding").unwrap_or_default();
            let decoded = match encoding.as_str() {
                "base64" | "b64" | "gzip+base64" | "gz+b64" => {
                    let packed: String = text.split_whitespace().collect();
                    let bytes = base64::strict(packed.as_bytes());
                    bytes.ok_or_else(|| Raised::value_error("`network` in the metadata is not base64"))?
                }
                _ => text.as_bytes().to_vec(),
            };
            let opened = parts::open(&decoded, None, &Limits::default());
            let text = String::from_utf8_lossy(&opened.bytes);
            read(&text, &|_: Span| Cause::Metadata("network"))?
        }
    };
    Ok(Some(config.get("network").cloned().unwrap_or(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_may_be_encoded() {
        let of = |json: serde_json::Value| network(&Value::from_json(&json)).ok().flatten();
        let plain = of(json!({ "network": { "version": 2 } }));
        assert!(plain.is_some());
        let encoded = of(json!({ "network": "dmVyc2lvbjogMgo=", "network.encoding": "base64" }));
        assert_eq!(
            encoded.and_then(|config| config.setting("version")),
            plain.and_then(|config| config.setting("version"))
        );
        assert!(
            network(&Value::from_json(&json!({ "network": "%", "network.encoding": "base64" }))).is_err()
        );
    }
}
