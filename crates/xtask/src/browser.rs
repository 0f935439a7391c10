//! Running the scripts in `tests/browser/` against the built page.

use crate::counts::Counts;
use crate::server::{self, Server};
use crate::{chromium, firefox, node, process, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Serves the built page and prepares `node` to drive Chromium on it. The page is there as long as the server is.
///
/// # Errors
/// When the page is not built, or a tool is missing and cannot be installed.
pub(crate) fn node_on_page() -> Result<(Server, Command)> {
    workspace::require_built_page()?;
    let mut node = node()?;
    let server = Server::start(&workspace::dist(), &server::headers(&workspace::root().join("Trunk.toml"))?)?;
    node.env("BASE_URL", server.url());
    Ok((server, node))
}

/// Prepares `node` to drive Chromium.
///
/// # Errors
/// When a tool is missing and cannot be installed.
pub(crate) fn node() -> Result<Command> {
    let chromium = chromium::ensure()?;
    node::ensure_packages(&workspace::browser_tests())?;
    let mut node = Command::new(node::ensure_node()?);
    node.current_dir(workspace::root()).env("CHROMIUM", chromium);
    Ok(node)
}

/// Runs these browser tests, or all of them.
///
/// # Errors
/// When there are none, or one fails.
pub(crate) fn test(files: &[String], counts: &mut Counts) -> Result<()> {
    let files = if files.is_empty() { all_tests()? } else { files.to_vec() };
    let (_server, mut node) = node_on_page()?;
    if let Some(cases) = openpgp_cases()? {
        node.env("OPENPGP_CASES", cases);
    }
    if let Some(firefox) = firefox::find_or_install()? {
        node.env("FIREFOX", firefox);
    }
    node.args(["--test", "--test-reporter=spec"]).args(files);
    process::tee(&mut node, |line| counts.read(line))
}

/// Has gpg make keys and signatures, with its verdicts. Without it, there are none, and the tests that need them are
/// skipped.
fn openpgp_cases() -> Result<Option<PathBuf>> {
    if !dryboot_openpgp_cases::is_installed() {
        return Ok(None);
    }
    let folder = workspace::target().join("openpgp-cases");
    process::remove_dir(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    dryboot_openpgp_cases::write(&folder).context("gpg cannot make the cases of verification")?;
    Ok(Some(folder))
}

/// The test files, as paths from the root: older versions of Node do not expand patterns.
fn all_tests() -> Result<Vec<String>> {
    let folder = workspace::browser_tests();
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("tests/browser/{name}"));
        }
    }
    ensure!(!files.is_empty(), "there are no tests/browser/*.test.mjs");
    files.sort();
    Ok(files)
}
