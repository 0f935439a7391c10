//! Network configuration of a platform, converted to units of systemd-networkd.

mod address;
mod build;
mod debian;
mod networkd;
mod stanza;
mod vmware;

use std::collections::BTreeMap;

use dryboot_coreos::Target;
use serde::Serialize;

use crate::program::Program;
use address::{Mac, Network};
pub(crate) use vmware::properties;

/// A format of network configuration that can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetconfFormat {
    /// Debian's `/etc/network/interfaces`.
    Debian,
    /// VMware's guestinfo properties.
    Vmware,
}

impl NetconfFormat {
    /// The format that the program knows by this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "debian" => Some(Self::Debian),
            "vmware" => Some(Self::Vmware),
            _ => None,
        }
    }
}

/// Why a configuration is not converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetconfError {
    /// The program refuses it with these words.
    Refused(String),
    /// The program dies on it with these words.
    Panic(String),
}

impl std::fmt::Display for NetconfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Panic(words) => write!(f, "panic: {words}"),
        }
    }
}

impl std::error::Error for NetconfError {}

/// What a configuration is converted to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Netconf {
    /// The units, in the order in which they are written.
    pub files: Vec<NetconfFile>,
    /// The interfaces behind them.
    pub interfaces: Vec<Interface>,
}

/// A unit of systemd-networkd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NetconfFile {
    /// Its file name.
    pub name: String,
    /// Its content.
    pub content: String,
}

/// What an interface is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InterfaceKind {
    /// A network card.
    Physical,
    /// Several interfaces that act as one.
    Bond,
    /// A virtual network on another interface.
    Vlan,
}

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interface {
    /// The name; empty when it is known by its address alone.
    #[serde(rename = "interface")]
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: InterfaceKind,
    /// File name of its units, without the extension.
    pub filename: String,
    /// Parameters for the kernel module.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub modprobe_params: String,
    #[serde(skip)]
    files: Vec<NetconfFile>,
}

impl Interface {
    pub(crate) fn files(&self) -> impl Iterator<Item = NetconfFile> + use<'_> {
        self.files.iter().cloned()
    }
}

/// An interface while it is being put together.
#[derive(Clone, Debug)]
struct Draft {
    name: String,
    mac: Option<Mac>,
    method: Method,
    shape: Shape,
    /// Interfaces on top of this one.
    dependants: Vec<(InterfaceKind, String)>,
    /// Length of the longest chain of dependants.
    depth: usize,
}

#[derive(Clone, Debug)]
enum Shape {
    Physical,
    Bond { slaves: Vec<String>, options: BTreeMap<&'static str, String> },
    Vlan { id: i64, parent: Option<String> },
}

impl Shape {
    fn kind(&self) -> InterfaceKind {
        match self {
            Self::Physical => InterfaceKind::Physical,
            Self::Bond { .. } => InterfaceKind::Bond,
            Self::Vlan { .. } => InterfaceKind::Vlan,
        }
    }
}

/// How an interface gets its addresses.
#[derive(Clone, Debug)]
enum Method {
    Static(Addresses),
    Dhcp { mac: Option<Mac> },
    Manual,
    Loopback,
}

/// A static configuration. Addresses are as the target prints them.
#[derive(Clone, Debug, Default)]
struct Addresses {
    mac: Option<Mac>,
    domains: Vec<String>,
    nameservers: Vec<String>,
    addresses: Vec<Network>,
    routes: Vec<Route>,
}

#[derive(Clone, Debug)]
struct Route {
    destination: Network,
    gateway: String,
}

/// Converts a configuration that is given as text. VMware's properties may be a JSON object or
/// lines of the form `KEY = VALUE`, with or without quotes and the prefix `guestinfo.`.
///
/// # Errors
/// The target refuses the configuration, or dies on it.
pub fn convert_netconf(text: &str, from: NetconfFormat, target: Target) -> Result<Netconf, NetconfError> {
    let program = Program::of(target);
    let interfaces = match from {
        NetconfFormat::Debian => convert_debian(text, program)?,
        NetconfFormat::Vmware => convert_vmware(&vmware::properties(text)?, program)?,
    };
    let files = interfaces.iter().flat_map(Interface::files).collect();
    Ok(Netconf { files, interfaces })
}

/// Converts Debian's format.
pub(crate) fn convert_debian(text: &str, program: &Program) -> Result<Vec<Interface>, NetconfError> {
    let drafts = build::build(debian::stanzas(text).map_err(NetconfError::Refused)?)?;
    Ok(drafts.iter().map(|draft| draft.finish(program)).collect())
}

/// Converts VMware's properties.
pub(crate) fn convert_vmware(
    properties: &BTreeMap<String, String>,
    program: &Program,
) -> Result<Vec<Interface>, NetconfError> {
    let drafts = vmware::interfaces(properties).map_err(NetconfError::Refused)?;
    Ok(drafts.iter().map(|draft| draft.finish(program)).collect())
}
