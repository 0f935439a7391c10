//! The verdict for programs.

use crate::screen::Screen;
use anyhow::Result;
use dryboot_core::openpgp::{Report, Verdict};

pub(super) fn write(verdict: &Verdict, file: &str, out: &mut Screen) -> Result<()> {
    out.json(&Report::new(verdict, file))?;
    Ok(())
}
