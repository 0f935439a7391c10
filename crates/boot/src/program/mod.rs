//! The two programs as data: coreos-cloudinit v1.14.0 and Flatcar's fork.

pub(crate) mod flags;
mod phase;

use dryboot_coreos::Target;
use dryboot_coreos::image;
use dryboot_machine::Image;

pub(crate) use phase::Phase;

use crate::image_paths::Paths;

/// A program, described by what it does differently from the other one.
pub(crate) struct Program {
    pub(crate) target: Target,
    /// The steps of a run, in the order in which they begin.
    pub(crate) steps: &'static [Phase],
    /// The image that it is part of.
    pub(crate) image: &'static Image,
    /// Where that image keeps what a boot needs.
    pub(crate) paths: &'static Paths,
    /// Whether a distributor bakes a config into that image.
    pub(crate) has_baked_config: bool,
    /// The request for a token that it makes before it asks EC2's metadata service.
    pub(crate) ec2_token: Option<&'static str>,
    /// The part of EC2's host name that it uses.
    pub(crate) ec2_hostname: fn(&str) -> &str,
    /// The values that `-convert-netconf` takes.
    pub(crate) netconf: &'static [&'static str],
    /// What it adds to the units of interfaces that use DHCP.
    pub(crate) dhcp: &'static str,
    /// It gives `core` all keys, also those of a user `core`, before it applies the users.
    pub(crate) gives_core_keys_first: bool,
}

static COREOS: Program = Program {
    target: Target::CoreOs,
    steps: &[
        Phase::UserData,
        Phase::Validate,
        Phase::Metadata,
        Phase::Substitute,
        Phase::Parse,
        Phase::ReadNetwork,
        Phase::Hostname,
        Phase::Users,
        Phase::Keys,
        Phase::Files,
        Phase::Environment,
        Phase::Network,
        Phase::Units,
        Phase::Reload,
        Phase::Commands,
        Phase::Script,
    ],
    image: &image::COREOS,
    paths: &Paths::COREOS,
    has_baked_config: true,
    ec2_token: None,
    ec2_hostname: |names| names.split(' ').next().unwrap_or_default(),
    netconf: &["debian", "packet", "vmware"],
    dhcp: "",
    gives_core_keys_first: false,
};

static FLATCAR: Program = Program {
    target: Target::Flatcar,
    // With one part.
    steps: &[
        Phase::Metadata,
        Phase::ReadNetwork,
        Phase::UserData,
        Phase::Validate,
        Phase::Parse,
        Phase::Hostname,
        Phase::Keys,
        Phase::Users,
        Phase::Files,
        Phase::Environment,
        Phase::Units,
        Phase::Reload,
        Phase::Commands,
        Phase::Script,
    ],
    image: &image::FLATCAR,
    paths: &Paths::FLATCAR,
    has_baked_config: false,
    ec2_token: Some("PUT http://169.254.169.254/latest/api/token"),
    ec2_hostname: |name| name,
    netconf: &["debian", "vmware"],
    dhcp: "KeepConfiguration=dhcp-on-stop\nIPv6AcceptRA=true\n",
    gives_core_keys_first: true,
};

impl Program {
    pub(crate) fn of(target: Target) -> &'static Self {
        match target {
            Target::CoreOs => &COREOS,
            Target::Flatcar => &FLATCAR,
        }
    }
}
