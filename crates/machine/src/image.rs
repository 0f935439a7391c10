//! An image before anything runs.

use dryboot_systemd::Release;

/// What an image has on its disk, as far as boots depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Image {
    /// Its directories.
    pub directories: &'static [&'static str],
    /// Its character devices.
    pub devices: &'static [&'static str],
    /// Its files, with their contents.
    pub files: &'static [(&'static str, &'static str)],
    /// Directories in which nothing can be changed.
    pub read_only: &'static [&'static str],
    /// Its accounts.
    pub accounts: &'static [&'static str],
    /// Its units, and the systemd that reads them.
    pub units: ImageUnits,
}

/// The units of an image, as far as boots depend on them.
#[derive(Clone, Copy, Debug)]
pub struct ImageUnits {
    /// The systemd that reads them.
    pub release: Release,
    /// Unit files one after the other, each below a comment with its path, as `systemctl cat` prints
    /// them. A comment alone, with a path in a directory of links, is a link to the unit of its name.
    pub files: &'static str,
    /// The names of units of which nothing matters but that they are there.
    pub others: &'static str,
    /// The names of units that earlier images had, and that there are no longer.
    pub gone: &'static [&'static str],
    /// The units that hold a boot together.
    pub backbone: &'static [&'static str],
    /// Devices that are there where something needs them.
    pub devices: &'static [&'static str],
}
