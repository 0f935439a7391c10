//! The command where people use it: before a commit, in CI, in editors, from the Python package index.
//!
//! The sessions are scripts in `tests/integration`. Each prints a line for what it has found to be so, and stops at the first
//! thing that is not.

use crate::counts::Counts;
use crate::{debian, node, process, python, search, tools, versions, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the sessions that take seconds.
///
/// # Errors
/// When one fails, or what it needs cannot be installed.
pub(crate) fn everyday(counts: &mut Counts) -> Result<()> {
    process::run(process::cargo().args(["build", "--package", "dryboot-cli"]))?;
    let command = workspace::target().join("debug");
    let pre_commit = python::tool("pre-commit", versions::PRE_COMMIT)?;
    let check_jsonschema = python::tool("check-jsonschema", versions::CHECK_JSONSCHEMA)?;
    manifests(&pre_commit, &check_jsonschema, counts)?;
    session("pre-commit.sh", &[("DRYBOOT", &command), ("PRE_COMMIT", &pre_commit)], counts)?;
    session("action.sh", &[("DRYBOOT", &command)], counts)?;
    session("gitlab.sh", &[("DRYBOOT", &command), ("CHECK_JSONSCHEMA", &check_jsonschema)], counts)?;
    extension(counts)
}

/// What CI systems read, with the schema of each.
const READ_BY_CI: [(&str, &str); 2] =
    [("vendor.github-actions", "action.yml"), ("vendor.github-workflows", ".github/workflows/release.yml")];

/// Compares what others read with what they document.
fn manifests(pre_commit: &Path, check_jsonschema: &Path, counts: &mut Counts) -> Result<()> {
    for (schema, file) in READ_BY_CI {
        let mut command = Command::new(check_jsonschema);
        process::run(command.current_dir(workspace::root()).args(["--builtin-schema", schema, file]))?;
        counts.passed += 1;
    }
    let mut command = Command::new(pre_commit);
    process::run(
        command.current_dir(workspace::root()).args(["validate-manifest", ".pre-commit-hooks.yaml"]),
    )?;
    counts.passed += 1;
    Ok(())
}

/// Builds the wheel, and installs it.
///
/// # Errors
/// When it cannot be built, or does not work.
pub(crate) fn wheel(counts: &mut Counts) -> Result<()> {
    let maturin = python::tool("maturin", versions::MATURIN)?;
    let folder = workspace::target().join("wheels");
    process::remove_dir(&folder)?;
    let mut build = Command::new(maturin);
    // With the profile that the other tests have built already; a release takes the slow one of `pyproject.toml`.
    let arguments = ["build", "--profile", "dev", "--auditwheel", "skip", "--out"];
    build.current_dir(workspace::root()).args(arguments).arg(&folder);
    process::run(&mut build)?;
    let files = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let wheels: Vec<PathBuf> = files.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    ensure!(wheels.len() == 1, "maturin has made {} wheels", wheels.len());
    session("wheel.sh", &[("WHEEL", &wheels[0]), ("PYTHON", &python::base()?)], counts)
}

/// Builds the command for Linux without a C library of the system, as releases and the image have it, and runs it. Returns
/// why that was skipped.
///
/// # Errors
/// When it cannot be built, or does not work.
pub(crate) fn without_libc(counts: &mut Counts) -> Result<Vec<String>> {
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    if let Err(error) = ensure_builds_for(&target) {
        counts.skipped += 1;
        return Ok(vec![format!("the static command skipped, because {error:#}")]);
    }
    process::run(process::cargo().args(["build", "--package", "dryboot-cli", "--target", &target]))?;
    session("static.sh", &[("DRYBOOT", &workspace::target().join(target).join("debug"))], counts)?;
    Ok(Vec::new())
}

fn ensure_builds_for(musl: &str) -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "the command for {musl} only runs on Linux");
    tools::ensure_target(musl)?;
    if search::on_path("musl-gcc").is_none() {
        process::timed("installing musl-tools with apt-get", || debian::install(&["musl-tools"]))
            .context("`musl-gcc` is not on PATH")?;
    }
    Ok(())
}

/// Runs a script.
fn session(name: &str, variables: &[(&str, &Path)], counts: &mut Counts) -> Result<()> {
    let bash = search::on_path("bash").context("there is no `bash` on PATH")?;
    let mut script = Command::new(bash);
    script.arg(workspace::root().join("tests/integration").join(name)).envs(variables.iter().copied());
    process::tee(&mut script, |line| counts.passed += u64::from(line.starts_with("ok: ")))
}

/// Bundles the extension for VS Code, and loads the bundle.
fn extension(counts: &mut Counts) -> Result<()> {
    let folder = workspace::root().join("editors/vscode");
    node::ensure_packages(&folder)?;
    let npm = search::on_path("npm").context("there is no `npm` on PATH")?;
    let mut test = Command::new(npm);
    process::tee(test.current_dir(folder).args(["test", "--silent"]), |line| counts.read(line))
}
