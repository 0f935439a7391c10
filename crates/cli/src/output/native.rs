//! What the program's own validator prints.

use anyhow::Result;

use crate::lint::Checked;
use crate::screen::Screen;

/// The validators check one text; with several, each line says which one it is about.
pub(crate) fn write(checked: &[Checked], out: &mut Screen) -> Result<()> {
    for Checked { input, report } in checked {
        for line in &report.verdict.native {
            match checked.len() {
                1 => writeln!(out, "{line}")?,
                _ => writeln!(out, "{}: {line}", input.name)?,
            }
        }
    }
    Ok(())
}
