//! Building and serving the page with trunk.

use crate::tools::{self, Tool};
use crate::{node, process, search, workspace};
use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// How to serve the page.
pub(crate) struct Serve {
    /// As it ships, instead of quickly built.
    pub(crate) release: bool,
    /// Port on the loopback address.
    pub(crate) port: u16,
    /// Open a browser.
    pub(crate) open: bool,
}

/// Installs what building the page needs, and returns the folders that have the programs.
///
/// # Errors
/// When something is missing and cannot be installed.
pub(crate) fn ensure_tools() -> Result<Vec<PathBuf>> {
    tools::ensure_wasm_target()?;
    let mut folders = vec![Tool::trunk().ensure()?, Tool::wasm_bindgen()?.ensure()?];
    let web = workspace::web();
    ensure!(
        web.join("package.json").is_file(),
        "there is no web/package.json: this tree has no page to build"
    );
    node::ensure_packages(&web)?;
    let bin = web.join("node_modules/.bin");
    ensure!(
        bin.join("wasm-opt").exists(),
        "web/package.json does not bring `wasm-opt`; add the npm package binaryen to it"
    );
    // First, so that a `wasm-opt` of another version elsewhere does not change what ships.
    folders.insert(0, bin);
    Ok(folders)
}

/// Builds the page as it ships into `dist/`.
pub(crate) fn build() -> Result<()> {
    let mut trunk = trunk("build")?;
    process::timed("building the page into dist/", || {
        process::run(trunk.arg("--release"))
    })
}

/// Serves the page until interrupted, and rebuilds it when its source changes.
pub(crate) fn serve(options: &Serve) -> Result<()> {
    let mut trunk = trunk("serve")?;
    trunk.args([
        "--address",
        "127.0.0.1",
        "--port",
        &options.port.to_string(),
    ]);
    if options.release {
        trunk.arg("--release");
    }
    if options.open {
        trunk.arg("--open");
    }
    println!(
        "building the page; it will be at http://127.0.0.1:{}/",
        options.port
    );
    process::run(&mut trunk)
}

/// A trunk command that finds every tool and downloads none.
fn trunk(subcommand: &str) -> Result<Command> {
    let folders = ensure_tools()?;
    ensure!(
        workspace::root().join("index.html").is_file(),
        "there is no index.html at the root: this tree has no page to build"
    );
    fetch()?;
    let mut command = Command::new(
        folders
            .iter()
            .map(|f| search::executable(f, "trunk"))
            .find(|p| p.is_file())
            .context("trunk has gone")?,
    );
    command
        .current_dir(workspace::root())
        .arg(subcommand)
        .arg("--offline");
    command
        .env("PATH", path(&folders)?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    // trunk takes the variable for a boolean and refuses the usual NO_COLOR=1.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env_remove("NO_COLOR").args(["--color", "never"]);
    }
    Ok(command)
}

fn path(folders: &[PathBuf]) -> Result<OsString> {
    search::path_with(folders)
}

/// Downloads the crates of the lock file: trunk's `--offline` reaches cargo, too.
fn fetch() -> Result<()> {
    process::run(process::cargo().args(["fetch", "--locked", "--quiet"]))
        .context("cannot download the crates that Cargo.lock names")
}
