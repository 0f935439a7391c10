//! Packages of Debian and its descendants, for what the tests need of the system.

use crate::{process, search};
use anyhow::{Result, bail};
use std::process::Command;

/// Programs that tests compare dryboot with, and the packages that have them. Without one, its tests are skipped.
const PEERS: [(&str, &str); 2] = [("gpg", "gnupg"), ("systemd-analyze", "systemd")];

/// Installs the programs that tests compare dryboot with, where that is possible.
///
/// # Errors
/// When a package cannot be installed.
pub(crate) fn ensure_peers() -> Result<()> {
    let missing = PEERS.into_iter().filter(|(program, _)| search::on_path(program).is_none());
    let packages: Vec<&str> = missing.map(|(_, package)| package).collect();
    if packages.is_empty() || why_not().is_some() {
        return Ok(());
    }
    process::timed(&format!("installing {} with apt-get", packages.join(" and ")), || install(&packages))
}

/// Why packages cannot be installed; `None` if they can.
pub(crate) fn why_not() -> Option<&'static str> {
    if search::on_path("apt-get").is_none() {
        Some("there is no apt-get")
    } else if process::answer("id", "-u").is_none_or(|id| id.trim() != "0") {
        Some("only root may run apt-get")
    } else {
        None
    }
}

/// Installs packages.
///
/// # Errors
/// When apt-get is not there, or fails.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if let Some(reason) = why_not() {
        bail!("{reason}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        process::run(command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(arguments))
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}
