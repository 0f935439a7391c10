//! Google Compute Engine: the attributes of an instance and of its project.
//!
//! Source: cloud-init 26.2, `sources/DataSourceGCE.py`.

use serde_json::{Value as Json, json};

use super::DataSource;
use super::given::{Given, mapping, required, text_at};
use super::table::{Metadata, Source, VendorDataForm};
use crate::identify::{Field, Sign, Test};
use crate::raised::Raised;
use crate::value::Value;

pub(super) const SOURCE: Source = Source {
    name: "GCE",
    metadata: Metadata::Json,
    vendor_data: VendorDataForm::Never,
    since: None,
    examples: &[("gce", include_str!("gce.json"))],
    signs: &[
        Sign::Dmi(Field::ProductName, Test::Is("Google Compute Engine")),
        Sign::Dmi(Field::ProductSerial, Test::Starts("GoogleCloud-")),
    ],
    unreachable: "`http://metadata.google.internal/computeMetadata/v1/` cannot be resolved",
    find,
};

/// The moment of the boot: keys that end before it are not used.
const NOW: &str = "2026-11-25T12:00:00";
/// Where others can read the public keys of the host.
const HOST_KEYS: &str =
    "http://metadata.google.internal/computeMetadata/v1/instance/guest-attributes/hostkeys";
/// The name before the keys that are for the default user, whatever that is called.
const ANY_DEFAULT_USER: &str = "cloudinit";

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    let tree = given.metadata(&json!({
        "instance": { "id": "1234567890123456789", "zone": "projects/1/zones/us-central1-a", "hostname": "vm" },
    }))?;
    let id = required(&tree, &["instance", "id"])?;
    let zone = required(&tree, &["instance", "zone"])?;
    let host = required(&tree, &["instance", "hostname"])?;
    let zone = zone.rsplit('/').next().unwrap_or_default().to_owned();
    let lines = key_lines(&tree);
    let mut warnings = Vec::new();
    let mut user_data = given.user_data();
    match text_at(&tree, &["instance", "attributes", "user-data-encoding"]).as_deref() {
        None => {}
        Some("base64") => {
            let decoded = dryboot_user_data::base64::strict(given.user_data);
            user_data = Some(decoded.ok_or_else(|| Raised::value_error("`user-data` is not base64"))?);
        }
        Some(other) => warnings.push(format!("`user-data-encoding: {other}` is not known, and is ignored")),
    }
    let attributes = |of: &str| tree.at(&[of, "attributes"]).cloned().unwrap_or_else(Value::empty);
    let metadata = mapping([
        ("instance-id", Value::from_text(id.clone())),
        ("availability-zone", Value::from_text(zone.clone())),
        ("local-hostname", Value::from_text(host)),
        ("instance-data", attributes("instance")),
        ("project-data", attributes("project")),
        ("public-keys-data", Value::from_texts(lines.iter().map(String::as_str))),
    ]);
    let user = given.image.default_user.name;
    Ok(DataSource {
        shown: "DataSourceGCELocal".to_owned(),
        platform: "gce",
        cloud_name: "gce".to_owned(),
        subplatform: "metadata (http://metadata.google.internal/computeMetadata/v1/)".to_owned(),
        instance_id: id,
        user_data,
        public_keys: lines.iter().filter_map(|line| key_for(line, user)).collect(),
        region: Some(zone.rsplit_once('-').map_or(zone.as_str(), |(region, _)| region).to_owned()),
        zone: Some(zone),
        network_at_every_boot: true,
        host_keys_url: Some(HOST_KEYS),
        without_domain: true,
        warnings,
        metadata,
        ..DataSource::default()
    })
}

/// The lines with keys: those of the instance, and those of the project unless the instance wants none of them.
fn key_lines(tree: &Value) -> Vec<String> {
    let of = |owner: &str, key: &str| text_at(tree, &[owner, "attributes", key]);
    let old = of("instance", "sshKeys");
    let blocks = of("instance", "block-project-ssh-keys").is_some_and(|text| text.to_lowercase() == "true");
    let takes_project = !blocks && old.is_none();
    let mut texts = vec![old, of("instance", "ssh-keys")];
    if takes_project {
        texts.extend([of("project", "ssh-keys"), of("project", "sshKeys")]);
    }
    texts.into_iter().flatten().flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The key in a line `USER:KEY` that is for the default user and still valid.
fn key_for(line: &str, default_user: &str) -> Option<String> {
    let (user, key) = line.split_once(':').filter(|_| line.is_ascii())?;
    let is_for = user == ANY_DEFAULT_USER || user == default_user;
    (is_for && !has_expired(key)).then(|| key.to_owned())
}

/// Whether Google's note at the end of a key gives it a time that is over.
fn has_expired(key: &str) -> bool {
    let Some((_, note)) = key.split_once(" google-ssh ") else { return false };
    let note: Json = serde_json::from_str(note.trim()).unwrap_or_default();
    let end = note.get("expireOn").and_then(Json::as_str).unwrap_or_default();
    end.get(..NOW.len()).is_some_and(|end| end < NOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_for_the_default_user_alone_and_not_for_ever() {
        assert_eq!(key_for("ubuntu:ssh-rsa AAAA a", "ubuntu").as_deref(), Some("ssh-rsa AAAA a"));
        assert_eq!(key_for("cloudinit:ssh-rsa AAAA", "debian").as_deref(), Some("ssh-rsa AAAA"));
        assert_eq!(key_for("me:ssh-rsa AAAA", "ubuntu"), None);
        assert_eq!(key_for("ssh-rsa AAAA", "ubuntu"), None);
        let ends = |year: &str| {
            key_for(
                &format!(
                    "u:ssh-rsa A google-ssh {{\"userName\":\"u\",\"expireOn\":\"{year}-12-04T20:12:00+0000\"}}"
                ),
                "u",
            )
        };
        assert_eq!((ends("2018").is_some(), ends("2030").is_some()), (false, true));
    }

    #[test]
    fn an_instance_may_want_no_keys_of_its_project() {
        let tree = |block: &str| {
            Value::from_json(&json!({
                "instance": { "attributes": { "ssh-keys": "a:1", "block-project-ssh-keys": block } },
                "project": { "attributes": { "ssh-keys": "b:2\nc:3" } },
            }))
        };
        assert_eq!(key_lines(&tree("FALSE")), ["a:1", "b:2", "c:3"]);
        assert_eq!(key_lines(&tree("TRUE")), ["a:1"]);
    }
}
