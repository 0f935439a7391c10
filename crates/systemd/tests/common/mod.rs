//! What the tests against the real systemd have in common.

#![expect(clippy::expect_used, reason = "a test that fails says where")]
#![allow(dead_code, reason = "not every test needs everything")]

use std::fs;
use std::path::Path;
use std::process::Command;

use dryboot_systemd::Release;
use dryboot_systemd::load::Catalog;

/// Where systemd has its own units on this machine.
pub(crate) const VENDOR: &str = "/lib/systemd/system";

/// Why a test that needs systemd is skipped.
pub(crate) const MISSING: &str = "systemd-analyze is not installed";

/// The release of systemd that the machine has.
pub(crate) fn installed() -> Option<Release> {
    let output = Command::new("systemd-analyze").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace().nth(1)?.parse().ok().map(Release)
}

/// Everything below a folder: path from there, and text; symbolic links with their target.
pub(crate) fn files(folder: &Path) -> Vec<(String, Result<String, String>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
            if let Ok(target) = fs::read_link(&path) {
                let target = target.to_string_lossy().into_owned();
                let moved = target.strip_prefix(VENDOR).map(|rest| format!("/usr/lib/systemd/system{rest}"));
                found.push((name, Err(moved.unwrap_or(target))));
            } else if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((name, Ok(text)));
            }
        }
    }
    found
}

pub(crate) fn catalog(folder: &Path) -> Catalog {
    let mut catalog = Catalog::new();
    for (from, to) in [(Path::new(VENDOR), "/usr/lib/systemd/system"), (folder, "/etc/systemd/system")] {
        for (name, content) in files(from) {
            let path = format!("{to}/{name}");
            match content {
                Ok(text) => catalog.file(path, text),
                Err(target) => catalog.link(path, target),
            }
        }
    }
    catalog
}

/// A folder with these files.
pub(crate) fn with_units(units: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in units {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}
