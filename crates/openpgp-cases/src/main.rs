//! `dryboot-openpgp-cases DIRECTORY`: makes the cases there, for tests that are not written in Rust.

use anyhow::{Context, Result};
use std::path::PathBuf;

fn main() -> Result<()> {
    let directory = PathBuf::from(std::env::args_os().nth(1).context("name an empty directory")?);
    std::fs::create_dir_all(&directory)?;
    dryboot_openpgp_cases::write(&directory)?;
    Ok(())
}
