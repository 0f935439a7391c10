//! What templates can ask a data source for.

use serde_json::{Value as Json, json};

use super::{DataSource, short_of};
use crate::system::System;
use crate::value::Value;

/// What a provider does not say.
const UNKNOWN: &str = "unknown";

/// Regions whose cloud has an id of its own: how their names begin, the cloud, and its id.
///
/// Source: cloud-init 26.2, `sources/__init__.py`.
const CLOUD_IDS: [(&str, &str, &str); 3] =
    [("cn-", "aws", "aws-china"), ("us-gov-", "aws", "aws-gov"), ("china", "azure", "azure-china")];

impl DataSource {
    /// The id of the cloud, as `cloud-id` prints it.
    #[must_use]
    pub(crate) fn cloud_id(&self) -> &str {
        let name = self.cloud_name.as_str();
        let region = self.region.as_deref().unwrap_or_default();
        let own = CLOUD_IDS.iter().find(|(prefix, cloud, _)| *cloud == name && region.starts_with(prefix));
        match own {
            Some((_, _, id)) => id,
            None if name.is_empty() || name == UNKNOWN => self.platform,
            None => name,
        }
    }

    /// What templates can ask for.
    #[must_use]
    pub(crate) fn instance_data(&self, system: &System, config: &Value, version: &str) -> Json {
        let image = system.image;
        let known = |value: &Option<String>| value.clone().map_or(Json::Null, Json::String);
        let mut v1 = json!({
            "cloud_name": self.cloud_name,
            "cloud_id": self.cloud_id(),
            "platform": self.platform,
            "subplatform": self.subplatform,
            "region": known(&self.region),
            "availability_zone": known(&self.zone),
            "instance_id": self.instance_id,
            "local_hostname": short_of(&self.hostname(system).short),
            "distro": image.name,
            "distro_release": image.codename,
            "distro_version": image.version(),
            "kernel_release": "6.8.0-31-generic",
            "machine": "x86_64",
            "python_version": "3.12.3",
            "system_platform": "Linux",
            "variant": image.name,
            "public_ssh_keys": self.public_keys,
            "userdata": "",
            "cloud_init_version": version,
        });
        for (alias, name) in [
            ("availability-zone", "availability_zone"),
            ("cloud-name", "cloud_name"),
            ("instance-id", "instance_id"),
            ("local-hostname", "local_hostname"),
        ] {
            v1[alias] = v1[name].clone();
        }
        let mut ds = self.more.clone();
        if !self.only_more {
            ds.insert("meta_data".to_owned(), crate::recorded::to_json(&self.metadata));
        }
        let system_info = json!({ "platform": "Linux", "dist": [image.name, image.version(), image.codename], "variant": image.name });
        json!({
            "v1": v1,
            "ds": ds,
            "merged_cfg": crate::recorded::to_json(config),
            "sys_info": system_info,
            "base64_encoded_keys": [],
            "userdata": "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_cloud_depends_on_its_region() {
        let of = |cloud: &str, region: &str| {
            let source = DataSource {
                cloud_name: cloud.to_owned(),
                platform: "nocloud",
                region: Some(region.to_owned()),
                ..DataSource::default()
            };
            source.cloud_id().to_owned()
        };
        assert_eq!(of("aws", "us-east-1"), "aws");
        assert_eq!(of("aws", "cn-north-1"), "aws-china");
        assert_eq!(of("azure", "chinaeast2"), "azure-china");
        assert_eq!(of("unknown", ""), "nocloud");
    }
}
