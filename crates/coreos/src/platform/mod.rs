//! Platforms: where a machine there gets its user-data and metadata from, what those can have, and
//! who starts the program that reads them.
//!
//! [`PLATFORMS`] is the table. It has what the platform is; what a boot there does with a text is
//! told by `dryboot-boot`.

mod table;

use serde::Serialize;

use crate::Target;

pub use dryboot_lint::provider::Limit;
pub use table::PLATFORMS;

/// A place where machines boot.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Platform {
    /// The name that users type.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// What the program asks for user-data and metadata. Where there are several, they race: the
    /// first that answers is taken.
    pub datasources: &'static [Datasource],
    /// Programs of the image that bring something onto the machine beside coreos-cloudinit.
    pub programs: &'static [ImageProgram],
    /// Whether the unit that starts the program reads `/etc/environment`, so that addresses there
    /// fill variables which the metadata does not.
    pub reads_environment: bool,
    /// How long user-data may be.
    #[serde(serialize_with = "limit")]
    pub user_data_limit: Option<Limit>,
    /// The preset that `-oem` names.
    pub oem_preset: Option<&'static str>,
    /// The programs that know the platform.
    #[serde(serialize_with = "names")]
    pub targets: &'static [Target],
    /// Who starts the program with the user's text.
    pub start: Start,
    /// Machines there are no virtual ones.
    pub bare_metal: bool,
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
    /// The metadata that it can give.
    pub yields: &'static [Field],
    /// The form in which its metadata is given here; none where that is a machine description.
    pub form: Option<Form>,
    /// The version in its addresses or paths.
    pub api: Option<&'static str>,
    /// How it is asked over a network.
    pub retries: Option<Retries>,
    /// Whether it is looked for again, up to five minutes, when it is not there.
    pub probed_again: bool,
    /// User-data has to be text on the way to it: compressed bytes do not arrive.
    pub text_only: bool,
}

/// A program of the image, started by a unit.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ImageProgram {
    /// The unit that starts it.
    pub unit: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What it does, as an imperative.
    pub does: &'static str,
    /// Where it looks.
    pub reads: &'static str,
    /// What it brings onto the machine.
    pub gives: &'static [Field],
    /// The unit that it waits for, which runs after the config of the image or is started by it.
    pub waits_for: Option<&'static str>,
    /// The address that it writes where the machine has none; empty for nothing.
    pub address_without: &'static str,
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

/// A form of metadata, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// EC2's tree of `2009-04-04/meta-data`, nested or by path, as JSON.
    Ec2,
    /// A config drive's `meta_data.json`, or the directory of the drive.
    ConfigDrive,
    /// `metadata/v1.json`.
    DigitalOcean,
    /// The tree of `computeMetadata/v1`, nested or by path, as JSON.
    Gce,
    /// Packet's `metadata`, as JSON.
    Packet,
    /// The context that the serial console gives, as JSON.
    CloudSigma,
    /// `SharedConfig.xml`, or the directory of the Azure agent.
    Waagent,
    /// VMware's guestinfo properties: a JSON object, or lines of the form `KEY = VALUE`.
    Guestinfo,
}

/// Who starts the program with the user's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// A path unit that waits for the file.
    File,
    /// A service for the URL on the kernel's command line.
    Url,
    /// The unit of the config drive.
    ConfigDrive,
    /// A service that the config of the image brings and starts; with Flatcar, one of the system.
    Oem,
    /// The service of a file, started by a path unit that the config of the image brings.
    OemPath {
        /// The path unit.
        path: &'static str,
        /// The service that it starts, once the file is there.
        service: &'static str,
    },
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

    /// The variable in user-data that it fills.
    #[must_use]
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Self::PublicIpv4 => Some("$public_ipv4"),
            Self::PrivateIpv4 => Some("$private_ipv4"),
            Self::PublicIpv6 => Some("$public_ipv6"),
            Self::PrivateIpv6 => Some("$private_ipv6"),
            Self::Hostname | Self::SshKeys | Self::Network => None,
        }
    }
}

impl Platform {
    /// The platform with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|platform| platform.name == name)
    }

    /// The datasource with this name.
    #[must_use]
    pub fn datasource(&self, name: &str) -> Option<&'static Datasource> {
        self.datasources.iter().find(|source| source.name == name)
    }

    /// Whether a machine there can come to have this, by whatever datasource or program.
    #[must_use]
    pub fn gives(&self, field: Field) -> bool {
        let by_source = self.datasources.iter().any(|source| source.yields.contains(&field));
        by_source || self.is_given_by_program(field)
    }

    /// Whether a program of the image brings this onto the machine.
    #[must_use]
    pub fn is_given_by_program(&self, field: Field) -> bool {
        self.programs.iter().any(|program| program.gives.contains(&field))
    }

    /// What a machine there never has.
    pub fn lacks(&self) -> impl Iterator<Item = Field> + '_ {
        Field::ALL.into_iter().filter(|&field| !self.gives(field))
    }
}

/// A limit as data for other programs.
#[derive(Serialize)]
struct LimitForm {
    bytes: usize,
    of_base64: bool,
    source: &'static str,
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn limit<S: serde::Serializer>(limit: &Option<Limit>, serializer: S) -> Result<S::Ok, S::Error> {
    let form =
        |limit: &Limit| LimitForm { bytes: limit.bytes, of_base64: limit.of_base64, source: limit.source };
    limit.as_ref().map(form).serialize(serializer)
}

fn names<S: serde::Serializer>(targets: &[Target], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(targets.iter().map(|target| target.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_platform_says_where_it_reads() {
        for (index, platform) in PLATFORMS.iter().enumerate() {
            assert!(PLATFORMS[..index].iter().all(|other| other.name != platform.name), "{}", platform.name);
            assert!(!platform.datasources.is_empty() && !platform.targets.is_empty(), "{}", platform.name);
            for source in platform.datasources {
                assert_eq!(source.metadata.is_some(), !source.yields.is_empty(), "{}", platform.name);
            }
        }
    }
}
