//! Azure: a disc with `ovf-env.xml`, and the metadata service (IMDS).
//!
//! Source: cloud-init 26.2, `sources/DataSourceAzure.py`.

use serde_json::json;

use super::given::{Given, items, mac, mapping, required, text_at};
use super::table::{Metadata, Source, VendorDataForm};
use super::{DataSource, Placed};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::{Data, Map, Value};

pub(super) const SOURCE: Source = Source {
    name: "Azure",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Never,
    since: None,
    examples: &[("azure", include_str!("azure.json"))],
    signs: &[
        Sign::Dmi(Field::ChassisAssetTag, Test::Is("7783-7084-3265-9085-8269-3286-77")),
        Sign::Path("/var/lib/cloud/seed/azure/ovf-env.xml"),
    ],
    unreachable: "no disc with `ovf-env.xml` is found, and http://169.254.169.254/metadata/instance does not answer",
    find,
};

/// Where the disc is.
const DISC: &str = "/dev/sr0";
/// The path of what its description of the user has.
const PROFILE: [&str; 2] = ["compute", "osProfile"];

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let imds = given.metadata(&json!({}))?;
    let profile = |key: &'static str| text_at(&imds, &[PROFILE[0], PROFILE[1], key]);
    let (name, host) = (profile("adminUsername"), profile("computerName"));
    let without_password = imds
        .at(&[PROFILE[0], PROFILE[1], "disablePasswordAuthentication"])
        .map(|disabled| disabled.text() == Some("true"));
    let id = required(&imds, &["compute", "vmId"])
        .map_or_else(|_| "iid-AZURE-NODE".to_owned(), |id| id.to_lowercase());
    let mut metadata = mapping([("imds", imds.clone()), ("instance-id", Value::from_text(id.clone()))]);
    if let Some(host) = &host {
        metadata.set("local-hostname", Value::from_text(host.clone()));
    }
    let mut warnings = Vec::new();
    if imds.at(&["network", "interface"]).is_none() {
        warnings.push("the network in the metadata of IMDS is incomplete".to_owned());
    }
    Ok(DataSource {
        shown: format!("DataSourceAzure [seed={DISC}]"),
        platform: "azure",
        cloud_name: "azure".to_owned(),
        subplatform: format!("config-disk ({DISC})"),
        instance_id: id,
        user_data: given.user_data(),
        network: network(&imds),
        network_at_every_boot: true,
        public_keys: public_keys(&imds),
        // What the program calls the zone is the fault domain.
        zone: text_at(&imds, &["compute", "platformFaultDomain"]),
        region: text_at(&imds, &["compute", "location"]),
        config: config(name.as_deref(), without_password),
        files: vec![Placed {
            path: "/var/lib/waagent/ovf-env.xml".to_owned(),
            content: environment(name.as_deref(), host.as_deref(), without_password),
            mode: 0o600,
            directory_mode: 0o700,
            cause: "ovf-env.xml",
        }],
        warnings,
        metadata,
        ..DataSource::default()
    })
}

/// The settings that come of the administrator who was chosen for the machine.
fn config(name: Option<&str>, without_password: Option<bool>) -> Value {
    let mut config = Value::empty();
    if let Some(name) = name {
        let user = mapping([("name", Value::from_text(name))]);
        config.set("system_info", mapping([("default_user", user)]));
    }
    if let Some(disabled) = without_password {
        config.set("ssh_pwauth", Value::of(Data::Bool(!disabled)));
    }
    config
}

/// The keys of the administrator; none of them if one is not as OpenSSH writes it.
fn public_keys(imds: &Value) -> Vec<String> {
    let keys = items(imds, &["compute", "publicKeys"]);
    let keys: Vec<String> = keys
        .iter()
        .filter_map(|key| key.setting("keyData"))
        .map(|key| key.replace(['\r', '\n'], ""))
        .collect();
    let is_openssh = |key: &String| key.split_whitespace().next().is_some_and(|kind| kind.contains('-'));
    if keys.iter().all(is_openssh) { keys } else { Vec::new() }
}

/// Every interface asks for its addresses; the second and further ones are written down.
fn network(imds: &Value) -> Option<Value> {
    imds.at(&["network", "interface"])?;
    let mut ethernets = Map::default();
    for (number, interface) in (0_i64..).zip(items(imds, &["network", "interface"])) {
        let addresses = |family: &'static str| items(interface, &[family, "ipAddress"]);
        let (of_4, of_6) = (addresses("ipv4"), addresses("ipv6"));
        if of_4.is_empty() && of_6.is_empty() {
            continue;
        }
        let mut overrides = mapping([("route-metric", Value::of(Data::Int((number + 1) * 100)))]);
        if number > 0 {
            overrides.set("use-dns", Value::of(Data::Bool(false)));
        }
        let mut ethernet = mapping([
            ("dhcp4", Value::of(Data::Bool(true))),
            ("dhcp4-overrides", overrides.clone()),
            ("dhcp6", Value::of(Data::Bool(!of_6.is_empty()))),
        ]);
        if !of_6.is_empty() {
            ethernet.set("dhcp6-overrides", overrides);
        }
        let more: Vec<String> = [("ipv4", of_4, "24"), ("ipv6", of_6, "128")]
            .into_iter()
            .flat_map(|(family, addresses, usual)| {
                let prefix =
                    items(interface, &[family, "subnet"]).first().and_then(|net| net.setting("prefix"));
                let prefix = prefix.unwrap_or_else(|| usual.to_owned());
                let others = addresses.iter().skip(1).filter_map(|own| own.setting("privateIpAddress"));
                others.map(move |own| format!("{own}/{prefix}"))
            })
            .collect();
        if !more.is_empty() {
            ethernet.set("addresses", Value::from_texts(more.iter().map(String::as_str)));
        }
        let address = mac(interface.get("macAddress"));
        ethernet.set(
            "match",
            mapping([("macaddress", Value::from_text(address)), ("driver", Value::from_text("hv_netvsc"))]),
        );
        let name = format!("eth{number}");
        ethernet.set("set-name", Value::from_text(name.clone()));
        ethernets.insert(name.as_str().into(), ethernet);
    }
    Some(mapping([("version", Value::of(Data::Int(2))), ("ethernets", Value::of(Data::Map(ethernets)))]))
}

/// What is kept of the disc, which is gone at the next boot.
fn environment(name: Option<&str>, host: Option<&str>, without_password: Option<bool>) -> String {
    let escaped = |text: Option<&str>| {
        text.unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let (host, name) = (escaped(host), escaped(name));
    let disabled = without_password.unwrap_or(true);
    format!(
        "<Environment xmlns=\"http://schemas.dmtf.org/ovf/environment/1\">\n  <ProvisioningSection>\n    \
         <LinuxProvisioningConfigurationSet>\n      <HostName>{host}</HostName>\n      <UserName>{name}</UserName>\n      \
         <DisableSshPasswordAuthentication>{disabled}</DisableSshPasswordAuthentication>\n    \
         </LinuxProvisioningConfigurationSet>\n  </ProvisioningSection>\n</Environment>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_addresses_are_written_down_and_further_interfaces_have_no_say_in_dns() {
        let imds = Value::from_json(&json!({ "network": { "interface": [
            { "macAddress": "000D3A047598", "ipv4": {
                "ipAddress": [{ "privateIpAddress": "10.0.0.4" }, { "privateIpAddress": "10.0.0.5" }],
                "subnet": [{ "address": "10.0.0.0", "prefix": "16" }] } },
            { "macAddress": "000D3A047599", "ipv4": { "ipAddress": [{ "privateIpAddress": "10.1.0.4" }] } },
            { "macAddress": "000D3A047600" },
        ] } }));
        let network = network(&imds).unwrap_or_default();
        let at = |path: &[&str]| network.at(path).map(Value::shown);
        assert_eq!(at(&["ethernets", "eth0", "match", "macaddress"]).as_deref(), Some("00:0d:3a:04:75:98"));
        assert_eq!(at(&["ethernets", "eth0", "addresses"]).as_deref(), Some("['10.0.0.5/16']"));
        assert_eq!(at(&["ethernets", "eth1", "dhcp4-overrides", "use-dns"]).as_deref(), Some("False"));
        assert_eq!(at(&["ethernets", "eth2"]), None);
    }
}
