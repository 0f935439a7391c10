//! The tests of the Rust crates.

use crate::cloud_init::{self, CloudInit};
use crate::counts::Counts;
use crate::skipped::Record;
use crate::{debian, process, python, search, workspace};
use anyhow::{Result, bail};
use dryboot_testing::THOROUGH;
use std::process::Command;

/// All tests, with nextest where it is installed, and the examples in the documentation, which nextest cannot run.
///
/// # Errors
/// When one fails.
pub(super) fn everyday(counts: &mut Counts) -> Result<Vec<String>> {
    debian::ensure_peers()?;
    let record = Record::new()?;
    let examples = || cargo(&record, &["test", "--workspace", "--doc", "--no-fail-fast", "--quiet"]);
    let (mut tests, examples) = if has_nextest() {
        let tests = ["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests", "pass"];
        (cargo(&record, &tests), Some(examples()))
    } else {
        (cargo(&record, &["test", "--workspace", "--no-fail-fast"]), None)
    };
    let mut run = |command: &mut Command| process::tee(command, |line| counts.read(line));
    let outcome = (run(&mut tests), examples.map_or(Ok(()), |mut examples| run(&mut examples)));
    let skipped = record.settle(counts)?;
    match outcome {
        (Err(tests), Err(examples)) => bail!("{tests:#}; {examples:#}"),
        (tests, examples) => tests.and(examples),
    }?;
    Ok(skipped)
}

/// The tests of all crates that try properties, on optimised code, with the thorough counts.
///
/// # Errors
/// When one fails.
pub(super) fn thorough(counts: &mut Counts) -> Result<Vec<String>> {
    let record = Record::new()?;
    let mut tests = if has_nextest() {
        cargo(&record, &["nextest", "run", "--no-fail-fast", "--cargo-profile", "thorough"])
    } else {
        cargo(&record, &["test", "--no-fail-fast", "--profile", "thorough"])
    };
    for package in workspace::with_properties()? {
        tests.args(["--package", &package]);
    }
    let outcome = process::tee(tests.env(THOROUGH, "1"), |line| counts.read(line));
    let skipped = record.settle(counts)?;
    outcome.map(|()| skipped)
}

fn has_nextest() -> bool {
    search::on_path("cargo-nextest").is_some()
}

fn cargo(record: &Record, arguments: &[&str]) -> Command {
    let mut cargo = process::cargo();
    record.pass_to(cargo.args(arguments));
    match python::ensure() {
        Ok(python) => _ = cargo.env(python::VARIABLE, python),
        // The test that asks it says that it is skipped.
        Err(error) => eprintln!("there is no PyYAML to compare with: {error:#}"),
    }
    if let Some(peer) = CloudInit::ensure_or_say() {
        cargo.env(cloud_init::VARIABLE, peer.packages());
    }
    cargo
}
