//! `cargo xtask bench`: speed of the core, of verifying and of the page, and the page's size.

use crate::{keystroke, page, process, sizes, verify_speed};
use anyhow::Result;

/// Runs the benchmarks, then builds the page, checks what it transfers and measures how fast it answers.
///
/// # Errors
/// When a benchmark or the build fails, or the page is over its budget.
pub(crate) fn run(transfer_only: bool, filter: Option<&str>) -> Result<()> {
    if filter == Some("verify") {
        page::build()?;
        return verify_speed::report();
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
    keystroke::report()?;
    let verifying = if filter.is_none() { verify_speed::report() } else { Ok(()) };
    transfer.and(verifying)
}
