//! What the original's `-validate` prints.

use std::io::Write;

use anyhow::Result;
use dryboot_core::coreos_cloudinit_format;

use crate::lint::Checked;

/// The original checks one text; with several, each line says which one it is about.
pub(crate) fn write(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    for Checked { input, report } in checked {
        for line in coreos_cloudinit_format(report).lines() {
            if checked.len() > 1 {
                write!(out, "{}: ", input.name)?;
            }
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
