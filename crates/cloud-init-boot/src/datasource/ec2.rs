//! EC2: a web server with everything below `meta-data/`.

use dryboot_user_data::base64;
use serde_json::{Map as JsonMap, json};

use super::nocloud::launch_index;
use super::{DataSource, public_keys};
use crate::input::Machine;
use crate::raised::Raised;
use crate::value::{Data, Map, Value};

pub(super) fn find(machine: &Machine, user_data: &[u8]) -> Result<DataSource, Raised> {
    let default = json!({ "instance-id": "i-0abc123" });
    let metadata = Value::from_json(machine.metadata.as_ref().unwrap_or(&default));
    let zone = metadata.at(&["placement", "availability-zone"]).map(Value::shown);
    let identity = machine.identity.clone().unwrap_or_default();
    let from_identity = identity.get("region").and_then(|region| region.as_str()).map(str::to_owned);
    let from_zone =
        zone.as_ref().map(|zone| zone.trim_end_matches(|char: char| char.is_ascii_alphabetic()).to_owned());
    let mut more = JsonMap::new();
    more.insert("dynamic".to_owned(), json!({ "instance-identity": { "document": identity } }));
    // What is base64 throughout is decoded once.
    let decoded = base64::strict(user_data).filter(|decoded| !decoded.is_empty());
    Ok(DataSource {
        shown: "DataSourceEc2Local".to_owned(),
        platform: "ec2",
        cloud_name: "aws".to_owned(),
        subplatform: "metadata (http://169.254.169.254)".to_owned(),
        instance_id: metadata.setting("instance-id").unwrap_or_default(),
        more,
        user_data: Some(decoded.unwrap_or_else(|| user_data.to_vec())).filter(|bytes| !bytes.is_empty()),
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
    let mut ethernets = Map::new();
    for (number, (mac, interface)) in macs.iter().enumerate() {
        let mac = mac.shown();
        let mut ethernet = Value::empty();
        ethernet.set("dhcp4", Value::of(Data::Bool(true)));
        ethernet.set("dhcp6", Value::of(Data::Bool(interface.has("ipv6s"))));
        let mut matches = Value::empty();
        matches.set("macaddress", Value::from_text(mac));
        ethernet.set("match", matches);
        let name = format!("eth{number}");
        ethernet.set("set-name", Value::from_text(name.clone()));
        ethernets.insert(name.as_str().into(), ethernet);
    }
    let mut config = Value::empty();
    config.set("ethernets", Value::of(Data::Map(ethernets)));
    config.set("version", Value::of(Data::Int(2)));
    Some(config)
}
