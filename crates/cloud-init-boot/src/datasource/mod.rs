//! Data sources: where the metadata, the user-data and the vendor-data of a machine come from.
//!
//! Source: cloud-init 26.2, `sources/`.

mod azure;
mod digitalocean;
mod ec2;
mod gce;
mod given;
mod hetzner;
mod instance_data;
mod lxd;
mod nocloud;
mod none;
mod openstack;
mod oracle;
mod table;
mod vmware;
mod vultr;

use serde_json::{Map as JsonMap, Value as Json};

pub use table::{Metadata, SOURCES, Source, VendorDataForm};

use crate::boot::HostName;
use crate::image::Image;
use crate::input::Machine;
use crate::raised::Raised;
use crate::system::System;
use crate::value::Value;
use given::Given;

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
    /// Templates do not find the metadata under `ds`, only `more`.
    pub(crate) only_more: bool,
    /// The settings that the data source adds to those of the image.
    pub(crate) config: Value,
    /// The user-data; none where the data source has none.
    pub(crate) user_data: Option<Vec<u8>>,
    /// The vendor-data.
    pub(crate) vendor_data: VendorData,
    /// The second vendor-data.
    pub(crate) vendor_data2: VendorData,
    /// The network configuration; none where the machine has to help itself.
    pub(crate) network: Option<Value>,
    /// Why the metadata has no network configuration, where it must have one.
    pub(crate) network_error: Option<Raised>,
    /// The network is configured at every boot, and not only at the first one of an instance.
    pub(crate) network_at_every_boot: bool,
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
    /// Files that the data source has written.
    pub(crate) files: Vec<Placed>,
    /// Everything of the network stage happens in the local stage.
    pub(crate) is_local: bool,
    /// What the metadata lacks or has wrong.
    pub(crate) warnings: Vec<String>,
    /// What is deprecated about it.
    pub(crate) deprecated: Option<&'static str>,
    /// It is used because no other data source has been found.
    pub(crate) is_fallback: bool,
    /// The host has no domain, whatever its name in the metadata.
    pub(crate) without_domain: bool,
    /// Where the public keys of the host are sent, each under its type.
    pub(crate) host_keys_url: Option<&'static str>,
    /// What the preview cannot know of it.
    pub(crate) notes: Vec<&'static str>,
}

/// A file that a data source writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Where.
    pub(crate) path: String,
    /// Its content.
    pub(crate) content: String,
    /// Its mode.
    pub(crate) mode: u32,
    /// The mode of its directory.
    pub(crate) directory_mode: u32,
    /// The field of the metadata that asks for it.
    pub(crate) cause: &'static str,
}

impl DataSource {
    /// Finds the data source of a machine.
    ///
    /// # Errors
    /// It does not answer, or its metadata cannot be read: it is not used.
    pub(crate) fn find(machine: &Machine, user_data: &[u8], image: &Image) -> Result<Self, Raised> {
        let source = Source::of(machine);
        if machine.unreachable {
            return Err(Raised::new("UrlError", source.unreachable));
        }
        let mut found = (source.find)(&Given { machine, user_data, image })?;
        if machine.no_userdata {
            found.user_data = None;
        }
        let name =
            found.metadata.get("local-hostname").filter(|name| name.is_truthy() && name.text().is_none());
        if let Some(name) = name {
            return Err(Raised::no_attribute(name.type_name(), "split"));
        }
        Ok(found)
    }

    /// What is left when every other data source has failed.
    #[must_use]
    pub(crate) fn fallback() -> Self {
        none::fallback()
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
        let full = if domain == DOMAIN || self.without_domain { short.to_owned() } else { name.clone() };
        HostName { short: short.to_owned(), full, is_default }
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
