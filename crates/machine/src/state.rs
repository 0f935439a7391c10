//! What a machine has become.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::description::MachineDescription;
use crate::files::{FileTree, Node};
use crate::image::Image;

/// A machine at one moment of its boot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MachineState {
    /// The kernel's host name.
    pub hostname: String,
    /// Accounts by name.
    pub accounts: BTreeMap<String, Account>,
    /// Files, directories and links beyond those of the image.
    pub files: FileTree,
    /// What systemd was asked about units, by unit.
    pub units: BTreeMap<String, UnitState>,
    /// Kernel modules that were loaded, with their parameters.
    pub modules: Vec<Vec<String>>,
    /// Network interfaces that were taken down.
    pub links_down: Vec<String>,
}

/// An account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The boot created it.
    pub created: bool,
    /// The arguments of `useradd` that created it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The boot set a password hash.
    pub has_password: bool,
    /// Authorized keys by the name of the set.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub authorized_keys: BTreeMap<String, Vec<String>>,
}

/// What was done to a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnitState {
    /// Paths of the unit file and the drop-ins that were written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// It is enabled.
    pub enabled: bool,
    /// It is masked.
    pub masked: bool,
    /// The commands that were given for it, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
}

impl MachineState {
    /// The machine before the boot: an image with what the description adds.
    #[must_use]
    pub fn before(image: &Image, machine: &MachineDescription) -> Self {
        let mut files = FileTree::of(image);
        for path in &machine.dirs {
            files.place(path, Node::Directory);
        }
        for (path, content) in &machine.files {
            let node = match content.strip_prefix("symlink:") {
                Some(target) => Node::Symlink(target.to_owned()),
                None => Node::File(content.clone().into_bytes()),
            };
            files.place(path, node);
        }
        let stock = || image.accounts.iter().map(|&name| name.to_owned()).collect();
        let users = machine.users.clone().unwrap_or_else(stock);
        Self {
            hostname: machine.boot_hostname.clone().unwrap_or_else(|| "localhost".to_owned()),
            accounts: users.into_iter().map(|name| (name, Account::default())).collect(),
            files,
            units: BTreeMap::new(),
            modules: Vec::new(),
            links_down: Vec::new(),
        }
    }
}
