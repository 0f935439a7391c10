//! Firefox, for the tests of what differs between browsers.

use crate::{debian, process, search};
use anyhow::Result;
use std::path::PathBuf;

const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// The browser: `$FIREFOX`, else one that is installed, else Debian's, which is then installed where that is possible.
///
/// # Errors
/// When it is missing, and apt-get fails to install it.
pub(crate) fn find_or_install() -> Result<Option<PathBuf>> {
    let chosen = std::env::var_os("FIREFOX").filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(found) = chosen.or_else(find) {
        return Ok(Some(found));
    }
    if debian::why_not().is_some() {
        return Ok(None);
    }
    process::timed("installing Firefox with apt-get", || debian::install(&[NAMES[0]]))?;
    Ok(find())
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| search::on_path(name))
}
