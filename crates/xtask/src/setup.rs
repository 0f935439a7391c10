//! What each command needs, installed in advance.

use crate::cloud_init::CloudInit;
use crate::page::Toolchain;
use crate::tools::{self, Tool};
use crate::{chromium, debian, firefox, node, process, python, workspace};
use anyhow::Result;
use clap::ValueEnum;
use std::time::Instant;

/// What to install for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Purpose {
    /// `cargo xtask serve` and `build`
    Serve,
    /// `cargo xtask test`
    Test,
    /// `cargo xtask bench`
    Bench,
    /// Every command
    All,
}

/// Installs what is missing.
pub(crate) fn run(purpose: Purpose) -> Result<()> {
    let start = Instant::now();
    let tests = matches!(purpose, Purpose::Test | Purpose::All);
    let browser = tests || purpose == Purpose::Bench;
    Toolchain::ensure()?;
    if tests {
        Tool::cargo_deny().ensure()?;
        tools::remove_builds()?;
        debian::ensure_peers()?;
        python::ensure()?;
        CloudInit::ensure_or_say();
    }
    if browser {
        chromium::ensure()?;
        node::ensure_packages(&workspace::browser_tests())?;
    }
    if tests {
        firefox::find_or_install()?;
        node::ensure_packages(&workspace::package_tests())?;
    }
    println!("ready after {}", process::Elapsed(start.elapsed()));
    Ok(())
}
