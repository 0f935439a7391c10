//! Licences, sources and advisories of the dependencies, checked by cargo-deny.

use crate::counts::Counts;
use crate::process;
use crate::search;
use crate::tools::{self, Tool};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Checks everything; advisories only where their database can be had, else they count as skipped.
///
/// # Errors
/// When a check finds something.
pub(crate) fn run(counts: &mut Counts) -> Result<Vec<String>> {
    let program = search::executable(&Tool::cargo_deny().ensure()?, "cargo-deny");
    tools::remove_builds()?;
    let deny = || {
        let mut command = Command::new(&program);
        command.current_dir(crate::workspace::root()).args(["--workspace", "--log-level", "warn"]);
        command
    };
    let fetched = deny()
        .args(["fetch", "db"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("cannot start cargo-deny")?
        .success();
    if fetched {
        return process::run(deny().arg("check")).map(|()| Vec::new());
    }
    if has_database() {
        process::run(deny().args(["--offline", "check"]))?;
        return Ok(vec![
            "using the advisories of the last run, because their database cannot be fetched".to_owned(),
        ]);
    }
    process::run(deny().args(["check", "licenses", "bans", "sources"]))?;
    counts.skipped += 1;
    Ok(vec!["advisories skipped, because their database on github.com cannot be fetched".to_owned()])
}

/// Whether an earlier run left a copy of the database.
fn has_database() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .and_then(|home| home.join("advisory-dbs").read_dir().ok())
        .is_some_and(|entries| entries.flatten().any(|entry| entry.path().join(".git").is_dir()))
}
