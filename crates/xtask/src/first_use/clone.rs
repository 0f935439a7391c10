//! A clean clone of the commit.

use crate::{cache, process, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A clone in a folder outside of the tree, which goes with it.
///
/// The folder is the same for each run: cargo tells packages apart by their path, and would keep what it built for
/// every other one.
pub(super) struct Clone {
    folder: PathBuf,
}

impl Clone {
    /// Clones the commit that is checked out, and says so when the tree has more than that.
    pub(super) fn new() -> Result<Self> {
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.current_dir(workspace::root()).args(arguments);
            git
        };
        let commit = process::output(&mut git(&["rev-parse", "--short", "HEAD"]))?;
        let changes = process::output(&mut git(&["status", "--porcelain"]))?;
        println!("cloning {}", commit.trim());
        if !changes.is_empty() {
            println!("note: the working tree has uncommitted changes, which are not tested here");
        }
        let folder = folder()?;
        process::remove_dir(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let clone = Self { folder };
        process::run(git(&["clone", "--quiet", "."]).arg(clone.tree()))?;
        Ok(clone)
    }

    /// The root of the clone.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where the clone's command is installed.
    pub(super) fn installed(&self) -> PathBuf {
        self.folder.join("installed")
    }

    /// Cargo in the clone. What it builds is kept, so that the next clone builds only the crates of the tree.
    pub(super) fn cargo(&self) -> Result<Command> {
        let mut cargo = process::cargo();
        cargo.current_dir(self.tree()).env("CARGO_TARGET_DIR", workspace::target().join("first-use"));
        // Those of the command that runs this one.
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_a_package(name)) {
            cargo.env_remove(name);
        }
        Ok(cargo)
    }

    /// What the installed command prints in the clone.
    pub(super) fn dryboot(&self, arguments: &[String]) -> Result<String> {
        let mut command = self.command();
        command.args(arguments);
        let output = command.output().with_context(|| process::cannot_start(&command))?;
        ensure!(
            output.status.code().is_some_and(|code| code < 2),
            "`{}` failed ({}): {}",
            process::line(&command),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        let mut printed =
            String::from_utf8(output.stdout).context("the command prints something other than UTF-8")?;
        printed.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok(printed)
    }

    /// Fails unless the installed command, which is not all of dryboot, says how to get what it lacks.
    pub(super) fn expect_advice(&self, arguments: &[&str]) -> Result<()> {
        let mut command = self.command();
        let output = command.args(arguments).output().with_context(|| process::cannot_start(&command))?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.code() == Some(2) && said.contains("`cargo install --path crates/cli`"),
            "`{}` must fail with what to install ({}): {said}",
            process::line(&command),
            output.status
        );
        Ok(())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.installed().join("bin/dryboot"));
        command.current_dir(self.tree()).env("NO_COLOR", "1").stdin(Stdio::null());
        command
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        // The next run removes what is left.
        let _ = process::remove_dir(&self.folder);
    }
}

/// The folder for clones of this tree.
fn folder() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    workspace::root().hash(&mut hasher);
    Ok(cache::dir()?.join(format!("first-use-{:016x}", hasher.finish())))
}

/// Whether cargo set a variable for the package that it runs.
fn is_of_a_package(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}
