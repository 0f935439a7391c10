//! An image before anything runs.

use crate::units::ImageUnits;

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
