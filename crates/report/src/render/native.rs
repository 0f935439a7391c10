//! What the program's own validator prints.

use std::io;

use super::Results;
use crate::Named;
use crate::output::Output;

/// The validators check one text; with several, each line says which one it is about.
pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let reports = results.reports;
    for Named { name, report } in reports {
        for line in &report.verdict.native {
            match reports.len() {
                1 => writeln!(out, "{line}")?,
                _ => writeln!(out, "{name}: {line}")?,
            }
        }
    }
    Ok(())
}
