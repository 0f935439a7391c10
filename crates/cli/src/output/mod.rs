//! How findings are printed, one file for each format.

mod concise;
mod frame;
mod human;
mod json;
pub(crate) mod markdown;
mod native;

use anstyle::AnsiColor;
use anyhow::Result;
use dryboot_core::Severity;

use crate::args::OutputFormat;
use crate::lint::Checked;
use crate::screen::{Paint, Screen};

/// Prints all findings.
pub(crate) fn write(checked: &[Checked], format: OutputFormat, out: &mut Screen) -> Result<()> {
    match format {
        OutputFormat::Human => human::write(checked, out),
        OutputFormat::Concise => concise::write(checked, out),
        OutputFormat::Json => json::write(checked, out),
        OutputFormat::Native => native::write(checked, out),
    }
}

/// The colour of a severity.
pub(crate) fn style(severity: Severity) -> Paint {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Paint::new(color.on_default().bold())
}
