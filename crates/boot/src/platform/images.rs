//! What a platform's image and metadata look like: the config that its distributor bakes in, and
//! metadata to begin with.

use dryboot_coreos::Target;
use dryboot_coreos::platform::Platform;

use crate::program::Program;

/// Metadata to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The platform.
    platform: &'static str,
    /// What it is good for.
    pub title: &'static str,
    /// The metadata, in the platform's own form.
    pub text: &'static str,
}

macro_rules! presets {
    ($($platform:literal, $title:literal, $file:literal;)*) => {
        &[$(Preset {
            platform: $platform,
            title: $title,
            text: include_str!(concat!("metadata/", $file)),
        }),*]
    };
}

/// The first of a platform is what a machine there typically has.
static PRESETS: &[Preset] = presets![
    "ec2", "An instance with a public address", "ec2.json";
    "ec2", "An instance in a private subnet", "ec2-private.json";
    "ec2-compat", "An instance with a public address", "ec2.json";
    "ec2-compat", "An instance in a private subnet", "ec2-private.json";
    "ec2-compat", "A config drive instead of the service", "config-drive.json";
    "rackspace", "A server on both networks", "rackspace.json";
    "rackspace-onmetal", "Two bonded interfaces, one VLAN", "rackspace-onmetal.json";
    "rackspace-onmetal", "A drive without network configuration", "config-drive.json";
    "config-drive", "Host name and a key", "config-drive.json";
    "openstack", "The metadata service", "ec2.json";
    "openstack", "A config drive instead of the service", "config-drive.json";
    "digitalocean", "A droplet with private networking and IPv6", "digitalocean.json";
    "gce", "An instance with an external address", "gce.json";
    "azure", "A virtual machine behind an endpoint", "azure.xml";
    "cloudsigma", "A server in a private network", "cloudsigma.json";
    "packet", "A server with public and private addresses", "packet.json";
    "vmware", "Two networks with static addresses", "vmware.txt";
];

/// The metadata to begin with on a platform.
pub fn presets(platform: &Platform) -> impl Iterator<Item = &'static Preset> {
    PRESETS.iter().filter(|preset| preset.platform == platform.name)
}

macro_rules! oem_configs {
    ($($platform:literal),* $(,)?) => {
        &[$(($platform, include_str!(concat!("oem/", $platform, ".yaml")))),*]
    };
}

/// By platform.
static OEM_CONFIGS: &[(&str, &str)] = oem_configs![
    "ec2",
    "ec2-compat",
    "rackspace",
    "rackspace-onmetal",
    "openstack",
    "digitalocean",
    "gce",
    "azure",
    "cloudsigma",
    "packet",
    "vagrant",
    "vmware",
];

/// The config that the distributor of a platform's image bakes in, written anew after the CoreOS
/// images. Flatcar has units of the system in its place.
#[must_use]
pub fn oem_config(platform: &Platform, target: Target) -> Option<&'static str> {
    if !Program::of(target).has_baked_config {
        return None;
    }
    OEM_CONFIGS.iter().find(|(name, _)| *name == platform.name).map(|&(_, text)| text)
}
