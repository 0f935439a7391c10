//! Data sources: where the metadata, the user-data and the vendor-data of a machine come from.
//!
//! Source: cloud-init 26.2, `sources/`.

mod ec2;
mod nocloud;
mod openstack;

use serde_json::{Map as JsonMap, Value as Json, json};

use crate::boot::HostName;
use crate::image::Image;
use crate::input::Machine;
use crate::raised::Raised;
use crate::system::System;
use crate::value::{Data, Value};

/// Vendor-data, as a data source has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum VendorData {
    /// There is none.
    #[default]
    None,
    /// One text.
    Text(String),
    /// Several.
    List(Vec<String>),
}

/// A data source that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DataSource {
    /// The name in messages.
    pub(crate) shown: String,
    /// The platform, as templates see it.
    pub(crate) platform: &'static str,
    /// The name of the cloud, as templates see it.
    pub(crate) cloud_name: String,
    /// What the platform was read from, as templates see it.
    pub(crate) subplatform: String,
    /// The identity of the instance.
    pub(crate) instance_id: String,
    /// The metadata.
    pub(crate) metadata: Value,
    /// What else templates find under `ds`.
    pub(crate) more: JsonMap<String, Json>,
    /// The user-data; none where the data source has none.
    pub(crate) user_data: Option<Vec<u8>>,
    /// The vendor-data.
    pub(crate) vendor_data: VendorData,
    /// The second vendor-data.
    pub(crate) vendor_data2: VendorData,
    /// The network configuration; none where the machine has to help itself.
    pub(crate) network: Option<Value>,
    /// The keys for the default user.
    pub(crate) public_keys: Vec<String>,
    /// The zone.
    pub(crate) zone: Option<String>,
    /// The region.
    pub(crate) region: Option<String>,
    /// The number of the machine among those that were launched together.
    pub(crate) launch_index: Option<i64>,
    /// Whether new interfaces are set up as they come.
    pub(crate) hotplug: bool,
    /// The rules by which they are found.
    pub(crate) hotplug_rules: &'static str,
    /// The seed for random numbers.
    pub(crate) random_seed: Option<Vec<u8>>,
    /// Files that the data source has written: path, content.
    pub(crate) files: Vec<(String, String)>,
    /// Everything of the network stage happens in the local stage.
    pub(crate) is_local: bool,
    /// What the metadata lacks or has wrong.
    pub(crate) warnings: Vec<String>,
}

/// What a data source does with the description of a machine.
type Finder = fn(&Machine, &[u8]) -> Result<DataSource, Raised>;

/// The names of the data sources that can be previewed.
pub const DATA_SOURCES: [&str; 4] = ["NoCloud", "Ec2", "ConfigDrive", "OpenStack"];

/// Metadata such as machines with a data source have; none where they have none to speak of.
#[must_use]
pub fn example_metadata(data_source: &str) -> Option<&'static str> {
    match data_source {
        "Ec2" => Some(include_str!("ec2.json")),
        "ConfigDrive" | "OpenStack" => Some(include_str!("openstack.json")),
        _ => None,
    }
}

/// What each does.
const SOURCES: [(&str, Finder); 4] = [
    ("NoCloud", nocloud::find),
    ("Ec2", ec2::find),
    ("ConfigDrive", openstack::find_drive),
    ("OpenStack", openstack::find_service),
];

impl DataSource {
    /// Finds the data source of a machine.
    ///
    /// # Errors
    /// Its metadata cannot be read: no data source is found.
    pub(crate) fn find(machine: &Machine, user_data: &[u8]) -> Result<Self, Raised> {
        let asked = machine.datasource.as_deref().unwrap_or("NoCloud");
        let (_, find) = SOURCES.iter().find(|(name, _)| *name == asked).unwrap_or(&SOURCES[0]);
        let mut found = find(machine, user_data)?;
        if machine.no_userdata {
            found.user_data = None;
        }
        Ok(found)
    }

    /// The name of the host in the metadata.
    #[must_use]
    pub(crate) fn local_hostname(&self) -> Option<String> {
        self.metadata.get("local-hostname").filter(|name| name.is_truthy()).map(Value::shown)
    }

    /// The names of the host: those of the metadata, or those that the machine has.
    #[must_use]
    pub(crate) fn hostname(&self, system: &System) -> HostName {
        const DOMAIN: &str = "localdomain";
        let mut is_default = false;
        let name = match self.local_hostname() {
            Some(name) if is_address(&name) => format!("ip-{}", name.replace('.', "-")),
            Some(name) => name,
            None => {
                is_default = system.hostname == "localhost";
                let in_hosts = full_name(system).filter(|name| name.find('.').is_some_and(|at| at > 0));
                in_hosts.unwrap_or_else(|| system.hostname.clone())
            }
        };
        let (short, domain) = name.split_once('.').unwrap_or((&name, DOMAIN));
        let full = if domain == DOMAIN { short.to_owned() } else { name.clone() };
        HostName { short: short.to_owned(), full, is_default }
    }

    /// What templates can ask for.
    #[must_use]
    pub(crate) fn instance_data(&self, image: &Image, version: &str) -> Json {
        let known = |value: &Option<String>| value.clone().map_or(Json::Null, Json::String);
        let mut v1 = json!({
            "cloud_name": self.cloud_name,
            "cloud_id": self.cloud_name,
            "platform": self.platform,
            "subplatform": self.subplatform,
            "region": known(&self.region),
            "availability_zone": known(&self.zone),
            "instance_id": self.instance_id,
            "local_hostname": known(&self.local_hostname().map(|name| short_of(&name))),
            "distro": image.name,
            "distro_release": image.codename,
            "distro_version": "",
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
        ds.insert("meta_data".to_owned(), crate::recorded::to_json(&self.metadata));
        json!({ "v1": v1, "ds": ds, "merged_cfg": {}, "sys_info": { "platform": "Linux" }, "userdata": "" })
    }
}

fn short_of(name: &str) -> String {
    name.split('.').next().unwrap_or_default().to_owned()
}

fn is_address(name: &str) -> bool {
    name.parse::<std::net::Ipv4Addr>().is_ok()
}

/// The full name that the hosts file has for the machine's own.
fn full_name(system: &System) -> Option<String> {
    let hosts = system.text("/etc/hosts")?;
    hosts.lines().find_map(|line| {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace().skip(1);
        let full = words.next()?;
        words.any(|alias| alias == system.hostname).then(|| full.to_owned())
    })
}

/// The keys in the metadata: a text with lines, a list, or a map of names to texts or lists.
fn public_keys(value: Option<&Value>) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    match value.map(|value| &value.data) {
        Some(Data::Text(text)) => lines(text),
        Some(Data::List(items)) => items.iter().map(Value::shown).collect(),
        Some(Data::Map(map)) => map
            .values()
            .flat_map(|value| match &value.data {
                Data::Text(text) => lines(text),
                Data::List(items) => items.iter().map(Value::shown).collect(),
                Data::Map(_) => value.setting("openssh-key").into_iter().collect(),
                _ => Vec::new(),
            })
            .filter(|key| !key.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}
