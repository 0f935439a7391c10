//! Boots on a platform: what the image does before, beside and after the program that reads the
//! user's text, told in stages.
//!
//! What a platform is stands in [`PLATFORMS`].
//! [`describe`] reads metadata in the platform's own form, and [`boot`] follows the machine: the
//! config of the image is applied first, and the units that it starts may run the program again,
//! with the user's text.

mod boot;
mod flow;
mod form;
mod image_config;
mod image_programs;
mod images;
mod launch;
mod user_config;
mod user_run;

use std::fmt;

use dryboot_coreos::Target;
use dryboot_machine::MachineDescription;

use crate::preview::Preview;

pub use dryboot_coreos::platform::{
    Datasource, Field, Form, ImageProgram, Limit, PLATFORMS, Platform, Retries, Start,
};
pub use form::{Described, FormError, describe};
pub use images::{Preset, oem_config, presets};

/// A boot on a platform.
#[derive(Clone, Copy, Debug)]
pub struct BootInput<'a> {
    /// The program that reads the texts.
    pub target: Target,
    /// Where the machine boots.
    pub platform: &'static Platform,
    /// The datasource that answers first, where several race; without this, the first of the
    /// platform.
    pub datasource: Option<&'static Datasource>,
    /// The config of the image; without this, the platform's own.
    pub oem: Option<&'a [u8]>,
    /// The machine, with its metadata.
    pub machine: &'a MachineDescription,
}

/// The program does not know the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported {
    platform: &'static str,
    target: Target,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not support the platform `{}`", self.target.program(), self.platform)
    }
}

impl std::error::Error for Unsupported {}

/// Follows a machine of a platform through its boot, with the user's text.
///
/// Of the metadata in the description, only what the platform can give counts; what is left out is
/// noted. The rest is as in [`preview`](crate::preview).
///
/// # Errors
/// The target does not know the platform.
pub fn boot(bytes: &[u8], input: &BootInput<'_>) -> Result<Preview, Unsupported> {
    let BootInput { platform, target, .. } = *input;
    if !platform.targets.contains(&target) {
        return Err(Unsupported { platform: platform.name, target });
    }
    Ok(flow::follow(bytes, input))
}

/// What of its metadata a machine has.
#[must_use]
pub fn known_fields(machine: &MachineDescription) -> Vec<Field> {
    let has = |field: &Field| match field {
        Field::Hostname => machine.hostname.is_some(),
        Field::SshKeys => !machine.ssh_keys.is_empty(),
        Field::PublicIpv4 => machine.public_ipv4.is_some(),
        Field::PrivateIpv4 => machine.private_ipv4.is_some(),
        Field::PublicIpv6 => machine.public_ipv6.is_some(),
        Field::PrivateIpv6 => machine.private_ipv6.is_some(),
        Field::Network => machine.network_config.is_some() || machine.network_map.is_some(),
    };
    Field::ALL.into_iter().filter(has).collect()
}
