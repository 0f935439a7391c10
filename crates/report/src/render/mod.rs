//! How findings are printed, one file for each format. [`FORMATS`] lists them.

mod concise;
mod frame;
mod human;
mod json;
pub mod markdown;
mod native;

use std::io;

use anstyle::AnsiColor;
use dryboot_lint::Severity;

use crate::Named;
use crate::output::{Output, Paint};

/// A way to print reports.
#[derive(Debug)]
pub struct Format {
    /// Its name, as users type it.
    pub name: &'static str,
    /// What it was called before.
    pub aliases: &'static [&'static str],
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Whether it stands in for the program's own validator, which knows neither our rules nor templates.
    pub is_native: bool,
    write: fn(&[Named<'_>], &mut Output<'_>) -> io::Result<()>,
}

/// All formats. The first is what people get who ask for none.
pub const FORMATS: &[Format] = &[
    Format {
        name: "human",
        aliases: &[],
        summary: "For people: the lines in question, with help",
        is_native: false,
        write: human::write,
    },
    Format {
        name: "concise",
        aliases: &[],
        summary: "One line per finding",
        is_native: false,
        write: concise::write,
    },
    Format {
        name: "json",
        aliases: &[],
        summary: "For programs, versioned",
        is_native: false,
        write: json::write,
    },
    Format {
        name: "native",
        aliases: &["coreos-cloudinit"],
        summary: "What the program's own validator prints",
        is_native: true,
        write: native::write,
    },
];

impl Format {
    /// The format that a user names.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name || format.aliases.contains(&name))
    }

    /// Prints all findings.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, reports: &[Named<'_>], out: &mut Output<'_>) -> io::Result<()> {
        (self.write)(reports, out)
    }
}

/// The colour of a severity.
#[must_use]
pub fn style(severity: Severity) -> Paint {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Paint::new(color.on_default().bold())
}
