//! EC2: a web server with everything below `meta-data/`.
//!
//! Source: cloud-init 26.2, `sources/DataSourceEc2.py`.

use serde_json::{Map as JsonMap, json};

use super::DataSource;
use super::given::{Given, launch_index, mapping, public_keys};
use super::table::{Metadata, Source, VendorDataForm};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::{Data, Map, Value};

pub(super) const SOURCE: Source = Source {
    name: "Ec2",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Never,
    since: None,
    examples: &[("ec2", include_str!("ec2.json"))],
    signs: &[
        Sign::Dmi(Field::ProductUuid, Test::Starts("ec2")),
        Sign::Dmi(Field::ProductUuid, Test::Starts("EC2")),
        Sign::Dmi(Field::ProductSerial, Test::Ends(".brightbox.com")),
        Sign::Dmi(Field::ChassisAssetTag, Test::Ends(".zstack.io")),
        Sign::Dmi(Field::SysVendor, Test::Is("e24cloud")),
        Sign::Dmi(Field::SysVendor, Test::Is("Tilaa")),
        Sign::Dmi(Field::ProductName, Test::Is("3DS Outscale VM")),
    ],
    unreachable: "the metadata service at http://169.254.169.254 does not answer",
    find,
};

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let metadata = given.metadata(&json!({ "instance-id": "i-0abc123" }))?;
    let zone = metadata.at(&["placement", "availability-zone"]).map(Value::shown);
    let identity = given.machine.identity.clone().unwrap_or_default();
    let from_identity = identity.get("region").and_then(|region| region.as_str()).map(str::to_owned);
    let from_zone =
        zone.as_ref().map(|zone| zone.trim_end_matches(|char: char| char.is_ascii_alphabetic()).to_owned());
    let mut more = JsonMap::new();
    more.insert("dynamic".to_owned(), json!({ "instance-identity": { "document": identity } }));
    Ok(DataSource {
        shown: "DataSourceEc2Local".to_owned(),
        platform: "ec2",
        cloud_name: "aws".to_owned(),
        subplatform: "metadata (http://169.254.169.254)".to_owned(),
        instance_id: metadata.setting("instance-id").unwrap_or_default(),
        more,
        // What is base64 throughout is decoded once.
        user_data: given.decoded_user_data(),
        network: network(&metadata),
        public_keys: public_keys(metadata.get("public-keys")),
        region: from_identity.or(from_zone),
        zone,
        launch_index: launch_index(&metadata, "ami-launch-index"),
        hotplug: true,
        hotplug_rules: "\nENV{ID_NET_DRIVER}==\"vif|ena|ixgbevf\", GOTO=\"cloudinit_hook\"\nGOTO=\"cloudinit_end\"\n",
        metadata,
        ..DataSource::default()
    })
}

/// Every interface asks for its IPv4 address; and for an IPv6 address if the metadata has one.
fn network(metadata: &Value) -> Option<Value> {
    let macs = metadata.at(&["network", "interfaces", "macs"])?.map()?;
    let mut ethernets = Map::default();
    for (number, (mac, interface)) in macs.iter().enumerate() {
        let name = format!("eth{number}");
        let ethernet = mapping([
            ("dhcp4", Value::of(Data::Bool(true))),
            ("dhcp6", Value::of(Data::Bool(interface.has("ipv6s")))),
            ("match", mapping([("macaddress", Value::from_text(mac.shown()))])),
            ("set-name", Value::from_text(name.clone())),
        ]);
        ethernets.insert(name.as_str().into(), ethernet);
    }
    Some(mapping([("ethernets", Value::of(Data::Map(ethernets))), ("version", Value::of(Data::Int(2)))]))
}
