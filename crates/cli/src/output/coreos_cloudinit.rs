//! What the original's `-validate` prints.

use anyhow::Result;
use dryboot_core::coreos_cloudinit_format;

use crate::lint::Checked;
use crate::screen::Screen;

/// The original checks one text; with several, each line says which one it is about.
pub(crate) fn write(checked: &[Checked], out: &mut Screen) -> Result<()> {
    for Checked { input, report } in checked {
        for line in coreos_cloudinit_format(report).lines() {
            match checked.len() {
                1 => writeln!(out, "{line}")?,
                _ => writeln!(out, "{}: {line}", input.name)?,
            }
        }
    }
    Ok(())
}
