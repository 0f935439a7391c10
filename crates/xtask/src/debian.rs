//! Packages of Debian and its descendants, for what the tests need of the system.

use crate::{process, search};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
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

/// The version of a package that the system would install.
///
/// # Errors
/// When the system does not know the package.
pub(crate) fn candidate(package: &str) -> Result<String> {
    if search::on_path("apt-cache").is_none() {
        bail!("there is no apt-cache");
    }
    if let Some(version) = known_candidate(package)? {
        return Ok(version);
    }
    // A fresh container has no lists of packages.
    if why_not().is_none() {
        process::run(Command::new("apt-get").args(["-qq", "update"]))?;
    }
    known_candidate(package)?.with_context(|| format!("apt-cache does not know the package {package}"))
}

fn known_candidate(package: &str) -> Result<Option<String>> {
    let policy = process::output(Command::new("apt-cache").env("LC_ALL", "C").args(["policy", package]))?;
    Ok(candidate_in(&policy).map(str::to_owned))
}

fn candidate_in(policy: &str) -> Option<&str> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then_some(version)
}

/// Downloads packages into one folder and unpacks them into another, without installing anything.
///
/// # Errors
/// When a package cannot be downloaded or unpacked.
pub(crate) fn unpack(packages: &[&str], archives: &Path, into: &Path) -> Result<()> {
    let mut download = Command::new("apt-get");
    // The user that downloads for root may not write into the folder.
    download.args(["-qq", "-o", "APT::Sandbox::User=root", "download"]).args(packages);
    process::run(download.current_dir(archives))?;
    for entry in fs::read_dir(archives).with_context(|| format!("cannot read {}", archives.display()))? {
        process::run(Command::new("dpkg").arg("-x").arg(entry?.path()).arg(into))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::candidate_in;

    #[test]
    fn a_candidate_is_a_version_unless_there_is_none() {
        let policy = "cloud-init:\n  Installed: (none)\n  Candidate: 22.4.2-1+deb12u4\n  Version table:\n";
        assert_eq!(candidate_in(policy), Some("22.4.2-1+deb12u4"));
        assert_eq!(candidate_in("x:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate_in(""), None);
    }
}
