//! The versioned format for programs.

use anyhow::Result;
use dryboot_report::{Document, Offsets};

use crate::lint::Checked;
use crate::screen::Screen;

pub(crate) fn write(checked: &[Checked], out: &mut Screen) -> Result<()> {
    let reports = checked.iter().map(|checked| (&*checked.input.name, &checked.report));
    out.json(&Document::new(reports, Offsets::Utf8))
}
