//! The data sources that can be previewed.

use super::given::Given;
use super::{
    DataSource, azure, digitalocean, ec2, gce, hetzner, lxd, nocloud, none, openstack, oracle, vmware, vultr,
};
use dryboot_cloud_init::target::Release;

use crate::identify::Sign;
use crate::input::Machine;
use crate::raised::Raised;

/// What a data source does with the description of a machine.
pub(super) type Finder = fn(&Given<'_>) -> Result<DataSource, Raised>;

/// How the metadata of a data source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metadata {
    /// As JSON.
    Json,
    /// As YAML, which JSON is too.
    Yaml,
}

/// How a platform hands over vendor-data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorDataForm {
    /// It has none.
    Never,
    /// As text.
    Text,
    /// As JSON in which cloud-init looks for what is meant for it.
    Json,
}

/// A data source that can be previewed. Each has a file of its own.
#[derive(Debug)]
pub struct Source {
    /// cloud-init's name of it.
    pub name: &'static str,
    /// How its metadata is written.
    pub metadata: Metadata,
    /// How its platforms hand over vendor-data.
    pub vendor_data: VendorDataForm,
    /// The release that it came with; none if every known release has it.
    pub since: Option<Release>,
    /// Machines that have it, in the form of [`Machine`]: the name of a platform, and the machine.
    pub(crate) examples: &'static [(&'static str, &'static str)],
    /// What it is recognised by, one of them.
    pub(crate) signs: &'static [Sign],
    /// What goes wrong where it does not answer.
    pub(super) unreachable: &'static str,
    /// Finds it.
    pub(super) find: Finder,
}

/// Every data source that can be previewed.
pub static SOURCES: [Source; 13] = [
    nocloud::SOURCE,
    ec2::SOURCE,
    openstack::DRIVE,
    openstack::SERVICE,
    azure::SOURCE,
    gce::SOURCE,
    digitalocean::SOURCE,
    hetzner::SOURCE,
    oracle::SOURCE,
    vultr::SOURCE,
    lxd::SOURCE,
    vmware::SOURCE,
    none::SOURCE,
];

impl Source {
    /// The data source of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SOURCES.iter().find(|source| source.name == name)
    }

    /// The data source of a machine: `NoCloud` where its description names none.
    #[must_use]
    pub fn of(machine: &Machine) -> &'static Self {
        machine.datasource.as_deref().and_then(Self::named).unwrap_or(&SOURCES[0])
    }

    /// Whether a release of cloud-init has it.
    #[must_use]
    pub fn is_in(&self, release: Release) -> bool {
        self.since.is_none_or(|since| since <= release)
    }

    /// A machine on a platform that has this data source, with everything that the platform says of it; without
    /// metadata where there is nothing to say.
    #[must_use]
    pub fn example(&self, platform: &str) -> Machine {
        let found = self.examples.iter().find(|(name, _)| *name == platform);
        let described = found.and_then(|(_, json)| Machine::parse(json.as_bytes()).ok()).unwrap_or_default();
        Machine { datasource: Some(self.name.to_owned()), ..described }
    }
}

#[cfg(test)]
mod tests {
    use dryboot_cloud_init::platform::PLATFORMS;

    use super::*;

    #[test]
    fn every_example_describes_a_machine_of_a_platform_with_the_data_source() {
        for source in &SOURCES {
            for (name, json) in source.examples {
                let machine = Machine::parse(json.as_bytes());
                assert!(machine.is_ok(), "{name}: {machine:?}");
                let platform = PLATFORMS.iter().find(|platform| platform.name == *name);
                assert_eq!(platform.map(|platform| platform.datasource), Some(source.name), "{name}");
            }
        }
    }
}
