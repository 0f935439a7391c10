//! Node and the npm packages of a folder.

use crate::{process, search};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node whose test runner and `fetch` the scripts rely on.
const OLDEST: u32 = 20;

/// Node.
///
/// # Errors
/// When it is missing or too old.
pub(crate) fn ensure_node() -> Result<PathBuf> {
    let advice = format!("install Node {OLDEST} or newer, with npm");
    let node = search::on_path("node").with_context(|| format!("there is no `node` on PATH; {advice}"))?;
    let version = process::answer(&node, "--version").unwrap_or_default();
    let recent = major(&version).is_some_and(|major| major >= OLDEST);
    ensure!(recent, "Node is too old ({}); {advice}", version.trim());
    Ok(node)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the packages that a folder's lock file names, unless they are installed.
///
/// # Errors
/// When the folder has no lock file, or npm fails.
pub(crate) fn ensure_packages(folder: &Path) -> Result<()> {
    ensure_node()?;
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    // npm's own record leaves things out, so the lock file that was installed is kept beside it.
    let record = folder.join("node_modules/.installed-package-lock.json");
    if fs::read(&record).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let Some(npm) = search::on_path("npm") else {
        bail!("there is no `npm` on PATH; install Node {OLDEST} or newer, with npm");
    };
    let name = folder.strip_prefix(crate::workspace::root()).unwrap_or(folder).display();
    process::timed(&format!("installing the npm packages of {name}/"), || {
        let mut command = Command::new(npm);
        // Nothing here needs the packages' install scripts, so none is trusted to run.
        command.current_dir(folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]);
        process::run(&mut command).with_context(|| {
            format!(
                "the npm packages of {name}/ are not installed; check that the npm registry can be reached"
            )
        })
    })?;
    fs::write(&record, wanted).with_context(|| format!("cannot write {}", record.display()))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_versions() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20.1"), None);
        assert_eq!(major(""), None);
    }
}
