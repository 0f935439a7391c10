//! How fast the page's module verifies in Chromium, and how much memory that takes.

use crate::{browser, process, workspace};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;
use std::time::Duration;

#[derive(Debug, Deserialize)]
struct Printed {
    milliseconds: f64,
    /// In bytes; none where it is not known.
    peak: Option<u64>,
    module: Lengths,
}

/// How long the module is, in bytes.
#[derive(Debug, Deserialize)]
pub(crate) struct Lengths {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

/// What was measured.
pub(crate) struct Measured {
    /// Of the fastest round.
    pub(crate) time: Duration,
    /// The most memory that the page's process has had at once, in bytes; known on Linux only.
    pub(crate) peak: Option<u64>,
    pub(crate) module: Lengths,
}

/// Verifies an image of a folder that has its signature, `IMAGE.sig`, and `key.gpg`, in the page that is in `dist/`.
///
/// # Errors
/// When the verdict is not good, or the page cannot be measured.
pub(crate) fn measure(folder: &Path, image: &str, rounds: usize) -> Result<Measured> {
    let script = workspace::browser_tests().join("verify-speed.mjs");
    let (_server, mut node) = browser::node_on_page()?;
    let json = process::output(node.arg(script).arg(folder).arg(image).arg(rounds.to_string()))?;
    let printed: Printed =
        serde_json::from_str(&json).context("verify-speed.mjs printed something unexpected")?;
    let time = Duration::try_from_secs_f64(printed.milliseconds / 1000.0)?;
    Ok(Measured { time, peak: printed.peak, module: printed.module })
}
