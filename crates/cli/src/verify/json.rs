//! The verdict for programs.

use std::io::Write;

use anyhow::Result;
use dryboot_core::openpgp::{Report, Verdict};

pub(super) fn write(verdict: &Verdict, file: &str, out: &mut impl Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Report::new(verdict, file))?;
    writeln!(out)?;
    Ok(())
}
