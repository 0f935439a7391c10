//! The parts of the suite.

use super::rust;
use crate::counts::Counts;
use crate::{browser, deny, first_use, fuzz, generate, integration, package, page, process, sizes, tools};
use anyhow::Result;
use clap::ValueEnum;

/// One part of the suite.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting
    Fmt,
    /// Lints of the compiler and clippy
    Clippy,
    /// The pure crates compile for the browser
    Wasm,
    /// Tests of the Rust crates, and of the examples in their documentation
    Rust,
    /// The hook for pre-commit, the steps of the GitHub Action, the job for GitLab, and the extension for VS Code
    Integration,
    /// Licences, sources and advisories of the dependencies
    Deny,
    /// Generated files and the lock file of the fuzz programs are up to date
    Generated,
    /// The page builds as it ships, and the npm package of the same modules
    Page,
    /// What the page transfers before its first lint is within the budget
    Size,
    /// Tests of the page and the element in Chromium, and of the parts that browsers do differently in Firefox
    Browser,
    /// The npm package: its functions in Node, its files, its types
    Package,
    /// Thorough: pages that bundlers and frameworks make of the npm package, in Chromium; Lighthouse
    Bundlers,
    /// Thorough: the tests of the Rust crates on optimised code, each property tried as often as it can be
    Properties,
    /// Thorough: the wheel builds, installs and lints
    Wheel,
    /// Thorough: the command for Linux without a C library of the system builds and lints
    Static,
    /// Thorough: a clean clone serves the page up to its first lint, and stops
    FirstPage,
    /// Thorough: in a clean clone, the command installs as the README says and prints what the README shows
    FirstLint,
}

/// When a step runs by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Tier {
    /// In every run.
    Everyday,
    /// With `--thorough`.
    Thorough,
}

impl Step {
    pub(crate) fn tier(self) -> Tier {
        match self {
            Self::Bundlers
            | Self::Properties
            | Self::Wheel
            | Self::Static
            | Self::FirstPage
            | Self::FirstLint => Tier::Thorough,
            _ => Tier::Everyday,
        }
    }

    /// Whether the step looks at the page in `dist/`.
    pub(crate) fn needs_page(self) -> bool {
        matches!(self, Self::Size | Self::Browser | Self::Package | Self::Bundlers)
    }

    /// Whether CI has all that the step needs. The database of advisories and the libraries of further targets are on somebody
    /// else's servers.
    pub(crate) fn is_promised_in_ci(self) -> bool {
        !matches!(self, Self::Deny | Self::Static)
    }

    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    pub(crate) fn title(self) -> String {
        let value = self.to_possible_value();
        let help = value.as_ref().and_then(|value| value.get_help()).map(ToString::to_string);
        format!("{}: {}", self.name(), help.unwrap_or_default())
    }

    /// Runs the step, with these browser tests or all, and returns why anything of it was skipped.
    ///
    /// # Errors
    /// When a check or test fails, or cannot be started.
    pub(crate) fn run(self, files: &[String], counts: &mut Counts) -> Result<Vec<String>> {
        let cargo = |arguments: &[&str]| process::run(process::cargo().args(arguments));
        match self {
            Self::Fmt => cargo(&["fmt", "--all", "--check"]),
            Self::Clippy => cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
            Self::Wasm => {
                tools::ensure_wasm_target()?;
                let check = ["check", "--target", "wasm32-unknown-unknown", "--package"];
                cargo(&[&check[..], &["dryboot-core"]].concat())?;
                // In test mode, since the source of random numbers is up to the module that is built in the end.
                cargo(&[&check[..], &["dryboot-openpgp", "--lib", "--profile", "test"]].concat())
            }
            Self::Rust => return rust::everyday(counts),
            Self::Integration => integration::everyday(counts),
            Self::Deny => return deny::run(counts),
            Self::Generated => generate::run(true).and_then(|()| fuzz::check_lock()),
            Self::Page => page::build(),
            Self::Size => sizes::check(),
            Self::Browser => browser::test(files, counts),
            Self::Package => package::test(counts),
            Self::Bundlers => package::test_bundles(counts),
            Self::Properties => return rust::thorough(counts),
            Self::Wheel => integration::wheel(counts),
            Self::Static => return integration::without_libc(counts),
            Self::FirstPage => first_use::page(),
            Self::FirstLint => first_use::lint(),
        }?;
        Ok(Vec::new())
    }
}
