//! Platforms: where a machine there gets its user-data and metadata from, and the boot around the
//! program that reads them.
//!
//! What a platform is stands in [`PLATFORMS`]. [`boot`] takes from a machine description what the
//! platform can give, runs the target on it, and tells the boot in stages.

mod flow;
mod form;
mod prepare;
mod table;

use std::fmt;

use dryboot_config::Target;
use serde::Serialize;

use crate::machine::MachineDescription;
use crate::preview::Preview;

pub use form::{FormError, describe};
pub use table::PLATFORMS;

/// A place where machines boot.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Platform {
    /// The name that users type.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// What the program asks for user-data and metadata.
    pub datasources: &'static [Datasource],
    /// The metadata that reaches the program.
    pub yields: &'static [Field],
    /// Where addresses come from when the metadata has none.
    pub addresses: Addresses,
    /// How long user-data may be.
    pub user_data_limit: Option<Limit>,
    /// The preset that `-oem` names.
    pub oem_preset: Option<&'static str>,
    /// The flags of the program, without the datasources.
    #[serde(skip)]
    pub(crate) flags: &'static [&'static str],
    /// The programs that know the platform.
    #[serde(serialize_with = "names")]
    pub targets: &'static [Target],
    /// The form in which metadata is given here.
    pub metadata_form: Option<Form>,
    #[serde(skip)]
    pub(crate) entry: Entry,
}

/// Something that has user-data, metadata or both.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Datasource {
    /// The name of the target's datasource.
    pub name: &'static str,
    /// When it is taken as there.
    pub available: &'static str,
    /// Where the user-data is.
    pub user_data: &'static str,
    /// Where the metadata is; none where there is none.
    pub metadata: Option<&'static str>,
    /// The version in its addresses or paths.
    pub api: Option<&'static str>,
    /// How it is asked over a network.
    pub retries: Option<Retries>,
    /// Whether it is looked for again, up to five minutes, when it is not there.
    pub probed_again: bool,
}

/// How a server is asked. Waits double; what is not found is not asked for again.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Retries {
    /// How long one request may take.
    pub timeout_seconds: u32,
    /// How often it is asked.
    pub attempts: u32,
    /// The wait after the first failure.
    pub first_wait_ms: u32,
    /// The longest wait.
    pub longest_wait_ms: u32,
}

/// How long user-data may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// In bytes.
    pub bytes: usize,
    /// Whether the bytes of its base64 form count, and not its own.
    pub of_base64: bool,
    /// Who says so.
    pub source: &'static str,
}

/// Something that metadata may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The host name.
    Hostname,
    /// SSH keys for `core`.
    SshKeys,
    /// The public IPv4 address.
    PublicIpv4,
    /// The private IPv4 address.
    PrivateIpv4,
    /// The public IPv6 address.
    PublicIpv6,
    /// The private IPv6 address.
    PrivateIpv6,
    /// A network configuration that is converted.
    Network,
}

/// Where addresses come from beside the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Addresses {
    /// Nowhere.
    MetadataAlone,
    /// From what `/etc/environment` has when the program starts.
    Environment,
}

/// A form of metadata, as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// EC2's tree of `2009-04-04/meta-data`, nested or by path.
    Ec2,
    /// A config drive's `meta_data.json`, or the directory of the drive.
    ConfigDrive,
    /// `metadata/v1.json`.
    DigitalOcean,
    /// The tree of `computeMetadata/v1`, nested or by path.
    Gce,
    /// Packet's `metadata`.
    Packet,
}

/// Who runs the program with the user's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A path unit that waits for the file.
    File,
    /// A service for the URL on the kernel's command line.
    Url,
    /// The unit of the config drive.
    ConfigDrive,
    /// The unit of the config drive, with the command and the mount that the image gives it.
    OnMetal,
    /// A service that the OEM brings, with its preset.
    Oem,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 7] = [
        Self::Hostname,
        Self::SshKeys,
        Self::PublicIpv4,
        Self::PrivateIpv4,
        Self::PublicIpv6,
        Self::PrivateIpv6,
        Self::Network,
    ];

    /// What it is called, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Hostname => "host name",
            Self::SshKeys => "SSH keys",
            Self::PublicIpv4 => "public IPv4",
            Self::PrivateIpv4 => "private IPv4",
            Self::PublicIpv6 => "public IPv6",
            Self::PrivateIpv6 => "private IPv6",
            Self::Network => "network configuration",
        }
    }
}

impl Platform {
    /// The platform with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|platform| platform.name == name)
    }

    /// The metadata that the platform cannot give.
    pub fn lacks(&self) -> impl Iterator<Item = Field> + '_ {
        Field::ALL.into_iter().filter(|field| !self.yields.contains(field))
    }
}

/// The program does not know the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported {
    platform: &'static str,
    target: Target,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not know the platform `{}`", self.target.program(), self.platform)
    }
}

impl std::error::Error for Unsupported {}

/// Follows `target` through user-data on a machine of a platform.
///
/// Of the metadata in `machine`, only what the platform can give counts; what is left out is
/// noted. The rest is as in [`preview`](crate::preview).
///
/// # Errors
/// The target does not know the platform.
pub fn boot(
    bytes: &[u8],
    target: Target,
    platform: &'static Platform,
    machine: &MachineDescription,
) -> Result<Preview, Unsupported> {
    if !platform.targets.contains(&target) {
        return Err(Unsupported { platform: platform.name, target });
    }
    let prepared = prepare::prepare(platform, machine);
    let mut preview = crate::preview(bytes, target, &prepared.machine);
    preview.platform = Some(platform.name);
    preview.notes.extend(prepared.notes.iter().cloned());
    flow::tell(&mut preview, platform, &prepared);
    Ok(preview)
}

fn names<S: serde::Serializer>(targets: &[Target], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(targets.iter().map(|target| target.name()))
}
