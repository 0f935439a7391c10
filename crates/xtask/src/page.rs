//! Building and serving the page with trunk.

use crate::tools::{self, Tool};
use crate::{node, package, process, search, workspace};
use anyhow::{Context, Result, anyhow, ensure};
use serde::Deserialize;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// As the page ships: made small by the compiler, and then by `wasm-opt`.
pub(crate) const RELEASE: [&str; 3] = ["--release", "--cargo-profile", "wasm-release"];

/// What building the page needs.
pub(crate) struct Toolchain {
    trunk: PathBuf,
    /// `PATH`, on which trunk finds the other programs.
    path: OsString,
}

impl Toolchain {
    /// Installs what is missing.
    ///
    /// # Errors
    /// When something is missing and cannot be installed.
    pub(crate) fn ensure() -> Result<Self> {
        Self::ensure_while(|| {})
    }

    /// Installs what is missing, and does something at the same time: trunk, which takes longest, leaves a core idle for
    /// much of its time, while it waits for the network or for one large crate.
    fn ensure_while(work: impl FnOnce() + Send) -> Result<Self> {
        let web = workspace::web();
        ensure!(
            web.join("package.json").is_file() && workspace::root().join("index.html").is_file(),
            "there is no page to build: index.html and web/package.json must exist"
        );
        tools::ensure_wasm_target()?;
        let wasm_bindgen = Tool::wasm_bindgen()?;
        let (trunk, wasm_bindgen) = thread::scope(|scope| {
            let beside = scope.spawn(|| {
                let packages = node::ensure_packages(&web);
                let installed = wasm_bindgen.ensure();
                work();
                packages.and(installed)
            });
            (Tool::trunk().ensure(), beside.join())
        });
        let (trunk, wasm_bindgen) =
            (trunk?, wasm_bindgen.map_err(|_| anyhow!("installing wasm-bindgen was interrupted"))??);
        tools::remove_builds()?;
        let npm = web.join("node_modules/.bin");
        ensure!(
            npm.join("wasm-opt").exists(),
            "web/package.json does not provide `wasm-opt`; add the npm package binaryen to it"
        );
        // npm's first, so that a `wasm-opt` of another version elsewhere does not change what ships.
        let path = search::path_with(&[npm, wasm_bindgen])?;
        Ok(Self { trunk: search::executable(&trunk, "trunk"), path })
    }
}

/// Builds the page as it ships into `dist/`, and the npm package of the same modules.
pub(crate) fn build() -> Result<()> {
    let mut trunk = trunk("build")?;
    process::timed("building the page into dist/", || process::run(trunk.args(RELEASE)))?;
    package::build()
}

/// A trunk command that finds every tool and downloads none.
///
/// # Errors
/// When a tool is missing and cannot be installed.
pub(crate) fn trunk(subcommand: &str) -> Result<Command> {
    trunk_while(subcommand, || {})
}

/// A trunk command; where trunk has to be installed, something else is done at the same time.
///
/// # Errors
/// When a tool is missing and cannot be installed.
pub(crate) fn trunk_while(subcommand: &str, work: impl FnOnce() + Send) -> Result<Command> {
    let is_missing = Tool::trunk().find()?.is_none();
    let work = move || {
        if is_missing {
            work();
        }
    };
    let Toolchain { trunk, path } = Toolchain::ensure_while(work)?;
    fetch()?;
    create_ignored(&workspace::root())?;
    let mut command = Command::new(trunk);
    command.current_dir(workspace::root()).args([subcommand, "--offline=true"]).env("PATH", path);
    // trunk takes the variable for a boolean and refuses the usual NO_COLOR=1.
    command.env_remove("NO_COLOR");
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        command.args(["--color", "never"]);
    }
    Ok(command)
}

/// Creates what `Trunk.toml` has trunk ignore: it ends when one of these is missing, and some come with the build.
fn create_ignored(root: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join("Trunk.toml")).context("cannot read Trunk.toml")?;
    for folder in toml::from_str::<TrunkConfig>(&text).context("Trunk.toml is not valid")?.watch.ignore {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    Ok(())
}

/// What of trunk's settings is needed here.
#[derive(Deserialize)]
struct TrunkConfig {
    watch: Watch,
}

#[derive(Deserialize)]
struct Watch {
    ignore: Vec<PathBuf>,
}

/// Downloads the crates of the lock file: trunk's `--offline` reaches cargo, too.
fn fetch() -> Result<()> {
    process::run(process::cargo().args(["fetch", "--locked", "--quiet"]))
        .context("cannot download the crates that Cargo.lock names")
}

#[cfg(test)]
mod tests {
    use super::create_ignored;
    use crate::workspace;
    use std::fs;

    #[test]
    fn all_that_trunk_ignores_is_there_in_a_clean_clone() -> anyhow::Result<()> {
        let tree = tempfile::tempdir()?;
        fs::copy(workspace::root().join("Trunk.toml"), tree.path().join("Trunk.toml"))?;
        create_ignored(tree.path())?;
        assert!(tree.path().join("web/.build").is_dir() && tree.path().join("web/node_modules").is_dir());
        Ok(())
    }
}
