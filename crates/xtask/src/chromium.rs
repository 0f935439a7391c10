//! Chromium, for the browser tests.

use crate::{debian, process, search};
use anyhow::{Context, Result, bail, ensure};
use std::path::PathBuf;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MACOS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const ADVICE: &str = "install Chromium or Chrome so that it is on PATH, or set CHROMIUM to its path";

/// The browser: `$CHROMIUM`, else one that is installed, else Debian's, which is then installed.
///
/// # Errors
/// When there is none, and none can be installed.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()) {
        let chosen = PathBuf::from(chosen);
        ensure!(chosen.is_file(), "CHROMIUM is {}, which is no file", chosen.display());
        return Ok(chosen);
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if let Some(reason) = debian::why_not() {
        bail!("there is no Chromium, and {reason}: run `sudo apt-get install chromium`, or {ADVICE}");
    }
    // A font, too: without any, text has no size and every layout is wrong.
    process::timed("installing Chromium with apt-get", || {
        debian::install(&["chromium", "fonts-dejavu-core"])
    })
    .with_context(|| format!("cannot install Chromium; {ADVICE}"))?;
    find().with_context(|| format!("apt-get installed no Chromium; {ADVICE}"))
}

fn find() -> Option<PathBuf> {
    let mac = || MACOS.iter().map(PathBuf::from).find(|path| cfg!(target_os = "macos") && path.is_file());
    NAMES.iter().find_map(|name| search::on_path(name)).or_else(mac)
}
