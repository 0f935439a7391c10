//! Licences, sources and advisories of the dependencies, checked by cargo-deny.

use crate::process;
use crate::search;
use crate::tools::Tool;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Checks everything; advisories only where their database can be had, else it returns that they were left out.
///
/// # Errors
/// When a check finds something.
pub(crate) fn run() -> Result<Option<&'static str>> {
    let program = search::executable(&Tool::cargo_deny().ensure()?, "cargo-deny");
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
        return process::run(deny().arg("check")).map(|()| None);
    }
    if has_database() {
        process::run(deny().args(["--offline", "check"]))?;
        return Ok(Some("the advisories are those of the last time: their database cannot be fetched"));
    }
    process::run(deny().args(["check", "licenses", "bans", "sources"]))?;
    Ok(Some("advisories were not checked: their database on github.com cannot be fetched"))
}

/// Whether an earlier run left a copy of the database.
fn has_database() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .and_then(|home| home.join("advisory-dbs").read_dir().ok())
        .is_some_and(|entries| entries.flatten().any(|entry| entry.path().join(".git").is_dir()))
}
