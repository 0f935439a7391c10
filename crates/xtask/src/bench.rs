//! `cargo xtask bench`: speed of the core and of the page, and the page's size.

use crate::{keystroke, page, process, sizes};
use anyhow::Result;

/// Runs the benchmarks, then builds the page, checks what it transfers and measures how fast it answers.
///
/// # Errors
/// When a benchmark or the build fails, or the page is over its budget.
pub(crate) fn run(transfer_only: bool, filter: Option<&str>) -> Result<()> {
    if !transfer_only {
        let mut cargo = process::cargo();
        cargo.args(["bench", "--package", "dryboot-core", "--"]).args(filter);
        process::run(&mut cargo)?;
    }
    page::build()?;
    let transfer = sizes::check();
    if !transfer_only {
        println!();
        keystroke::report()?;
    }
    transfer
}
