//! How long the page and the element take until they show their first lint result, and what Lighthouse makes of their speed.

use crate::{browser, node, process, workspace};
use anyhow::{Context, Result};
use serde::Deserialize;

/// The goal for Lighthouse's figure.
const GOAL: u32 = 95;

/// Milliseconds.
#[derive(Debug, Deserialize)]
struct Loading {
    what: String,
    /// With nothing kept.
    cold: u32,
    /// When it is opened again.
    warm: u32,
}

/// What Lighthouse makes of a page on a device, from 0 to 100.
#[derive(Debug, Deserialize)]
struct Score {
    path: String,
    device: String,
    score: u32,
}

/// Measures and prints. No figure fails, since they depend on the machine more than on the page.
///
/// # Errors
/// When it cannot be measured.
pub(crate) fn report() -> Result<()> {
    let (_server, mut node) = browser::node_on_page()?;
    let json = process::output(node.arg(workspace::browser_tests().join("loading.mjs")))?;
    let all: Vec<Loading> =
        serde_json::from_str(&json).context("loading.mjs printed something unexpected")?;
    println!("until the first lint result, median of 9");
    for Loading { what, cold, warm } in all {
        println!("  {what:18} {cold:>5} ms, opened again {warm:>5} ms");
    }

    node::ensure_packages(&workspace::package_tests())?;
    let mut node = browser::node()?;
    let json = process::output(node.arg(workspace::package_tests().join("lighthouse-speed.mjs")))?;
    let all: Vec<Score> =
        serde_json::from_str(&json).context("lighthouse-speed.mjs printed something unexpected")?;
    println!("\nLighthouse's figure for performance, goal {GOAL}");
    for Score { path, device, score } in all {
        println!("  {path:24} {device:8} {score:>3}");
    }
    println!();
    Ok(())
}
