//! How findings are printed, one file for each format. [`FORMATS`] lists them.

mod concise;
mod fingerprint;
mod frame;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
pub mod markdown;
mod native;
mod sarif;
pub mod statistics;
mod uri;

pub use fingerprint::Fingerprints;
pub(crate) use uri::path as path_of;

use std::io;

use anstyle::AnsiColor;
use dryboot_lint::Severity;

use crate::Named;
use crate::output::{Output, Paint};

/// What there is to print.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The reports on files, in their order.
    pub reports: &'a [Named<'a>],
    /// The rules that there are; formats that describe rules ask, and name those that have found something.
    pub rules: fn() -> Vec<RuleInfo>,
}

/// What people should know about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name.
    pub name: &'static str,
    /// How bad its worst finding is.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Its documentation, in Markdown.
    pub docs: String,
}

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
    write: fn(&Results<'_>, &mut Output<'_>) -> io::Result<()>,
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
        name: "sarif",
        aliases: &[],
        summary: "SARIF 2.1.0, for code scanning: findings with rules, fixes and fingerprints",
        is_native: false,
        write: sarif::write,
    },
    Format {
        name: "github",
        aliases: &[],
        summary: "Annotations of GitHub Actions",
        is_native: false,
        write: github::write,
    },
    Format {
        name: "gitlab",
        aliases: &[],
        summary: "A code quality report for GitLab",
        is_native: false,
        write: gitlab::write,
    },
    Format {
        name: "junit",
        aliases: &[],
        summary: "JUnit's XML: a suite for each file, a failure for each finding",
        is_native: false,
        write: junit::write,
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
    pub fn write(&self, results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
        (self.write)(results, out)
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
