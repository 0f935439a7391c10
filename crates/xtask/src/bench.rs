//! `cargo xtask bench`: speed of the core, of verifying and of the page, and the page's size.

use crate::{keystroke, lint_speed, loading, page, process, sizes, verify_speed};
use anyhow::Result;

/// Runs the benchmarks, then builds the page, checks what it transfers and measures how fast it answers.
///
/// # Errors
/// When a benchmark or the build fails, or the page is over its budget.
pub(crate) fn run(transfer_only: bool, filter: Option<&str>) -> Result<()> {
    match filter {
        Some("verify") => {
            page::build()?;
            return verify_speed::report();
        }
        Some("loading") => {
            page::build()?;
            return loading::report();
        }
        Some("process") => return lint_speed::report(),
        _ => {}
    }
    if !transfer_only {
        let mut cargo = process::cargo();
        cargo.args(["bench", "--profile", "dist", "--package", "dryboot-core", "--"]).args(filter);
        process::run(&mut cargo)?;
    }
    page::build()?;
    let transfer = sizes::check();
    if transfer_only {
        return transfer;
    }
    println!();
    // A missed target does not stop the other measurements.
    let keystrokes = keystroke::report();
    if filter.is_some() {
        return transfer.and(keystrokes);
    }
    let (loading, linting, verifying) = (loading::report(), lint_speed::report(), verify_speed::report());
    transfer.and(keystrokes).and(loading).and(linting).and(verifying)
}
