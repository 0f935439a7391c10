//! `cargo xtask bench`: speed of the core, and size of the page.

use crate::{page, process, sizes};
use anyhow::Result;

/// Runs the benchmarks, then builds the page and checks what it transfers.
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
    sizes::check()
}
