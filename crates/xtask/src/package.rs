//! The npm package: made of the modules that the page's build leaves, and tested as others use it.

use crate::counts::Counts;
use crate::{browser, node, process, workspace};
use anyhow::{Result, ensure};
use std::process::Command;

/// The tests that need nothing but Node and npm.
const TESTS: [&str; 2] = ["tests/npm/api.test.mjs", "tests/npm/pack.test.mjs"];

/// The tests that build pages out of the package, by bundlers and with frameworks, and open them in Chromium; and what
/// Lighthouse thinks of the page and of the launch form.
const IN_BUNDLES: [&str; 3] =
    ["tests/npm/bundlers.test.mjs", "tests/npm/frameworks.test.mjs", "tests/npm/lighthouse.test.mjs"];

/// Makes the package in `npm/dist/`.
///
/// # Errors
/// When the modules have not been built, or a tool is missing and cannot be installed.
pub(crate) fn build() -> Result<()> {
    let modules = workspace::web().join(".build/modules");
    ensure!(
        modules.join("cloud-init.wasm").is_file(),
        "there are no modules in web/.build/modules; build them with `cargo xtask build`"
    );
    node::ensure_packages(&workspace::web())?;
    let mut node = Command::new(node::ensure_node()?);
    node.current_dir(workspace::root()).arg("npm/build.mjs");
    process::timed("making the npm package in npm/dist/", || process::run(&mut node))
}

/// Tests the package in `npm/dist/` from Node, and what of it is published.
///
/// # Errors
/// When a test fails, or a tool is missing and cannot be installed.
pub(crate) fn test(counts: &mut Counts) -> Result<()> {
    let node = Command::new(node::ensure_node()?);
    run(node, &TESTS, counts)
}

/// Tests pages that bundlers make of the package, in Chromium.
///
/// # Errors
/// When a test fails, or a tool is missing and cannot be installed.
pub(crate) fn test_bundles(counts: &mut Counts) -> Result<()> {
    run(browser::node()?, &IN_BUNDLES, counts)
}

fn run(mut node: Command, files: &[&str], counts: &mut Counts) -> Result<()> {
    node::ensure_packages(&workspace::package_tests())?;
    node.current_dir(workspace::root()).args(["--test", "--test-reporter=spec"]).args(files);
    process::tee(&mut node, |line| counts.read(line))
}
