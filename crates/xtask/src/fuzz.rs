//! Fuzzing: the programs in `fuzz/`, one after the other, on inputs that the tests have stored.

use crate::{process, search, workspace};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to fuzz.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only this target; all of them without it
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 5)]
    minutes: u32,
}

/// A line of `fuzz/targets.tsv`.
struct Target {
    name: String,
    /// Folders and files with inputs to begin with.
    inputs: Vec<PathBuf>,
}

/// No input may take longer, in seconds and with the checks that a fuzz build has.
const TIMEOUT: u32 = 20;

/// Nor more memory, in MiB.
const MEMORY: u32 = 3072;

/// Fuzzes each target for some minutes, and stops at the first input that makes one fail.
///
/// # Errors
/// When cargo-fuzz or a nightly toolchain is missing, or an input makes a target fail: the message says
/// where that input is.
pub(crate) fn run(options: &Options) -> Result<()> {
    ensure!(
        search::on_path("cargo-fuzz").is_some(),
        "there is no cargo-fuzz; install it with `cargo install cargo-fuzz`, and a compiler for it with \
         `rustup toolchain install nightly`"
    );
    let targets = targets()?;
    if let Some(name) = &options.target
        && targets.iter().all(|target| target.name != *name)
    {
        let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        bail!("`{name}` is not a fuzz target; the targets are {}", known.join(", "));
    }
    let wanted = |target: &&Target| options.target.as_ref().is_none_or(|name| *name == target.name);
    for target in targets.iter().filter(wanted) {
        process::timed(&format!("fuzzing {}", target.name), || fuzz(target, options.minutes))?;
    }
    Ok(())
}

/// Checks that the lock file of the fuzz programs names every crate that they are made of: nothing else builds them.
///
/// # Errors
/// When it does not.
pub(crate) fn check_lock() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.current_dir(folder()).args(["metadata", "--locked", "--format-version", "1"]);
    process::output(&mut cargo)
        .map(drop)
        .context("fuzz/Cargo.lock is out of date; run `cargo update --workspace` in fuzz/")
}

fn folder() -> PathBuf {
    workspace::root().join("fuzz")
}

fn targets() -> Result<Vec<Target>> {
    let list = folder().join("targets.tsv");
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let target = |line: &str| {
        let (name, inputs) = line.split_once('\t').unwrap_or((line, ""));
        let inputs = inputs.split('\t').filter(|input| !input.is_empty());
        Target { name: name.to_owned(), inputs: inputs.map(|input| workspace::root().join(input)).collect() }
    };
    Ok(lines.map(target).collect())
}

fn fuzz(target: &Target, minutes: u32) -> Result<()> {
    let corpus = folder().join("corpus").join(&target.name);
    fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
    let mut folders = vec![corpus.clone()];
    // Signatures and keys are made by gpg for other tests, and never stored.
    let made = (target.name == "openpgp").then(|| workspace::target().join("openpgp-cases"));
    let stored = [folder().join("seeds").join(&target.name)];
    for input in target.inputs.iter().chain(&stored).chain(&made) {
        if input.is_dir() {
            folders.push(input.clone());
        } else if let Some(name) = input.file_name().filter(|_| input.is_file()) {
            let copy = corpus.join(name);
            fs::copy(input, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
        }
    }
    process::run(&mut command(&target.name, &folders, minutes)).with_context(|| {
        format!(
            "`{0}` does not hold; the input is in fuzz/artifacts/{0}. Store it in fuzz/seeds/{0} with the fix",
            target.name
        )
    })
}

fn command(target: &str, folders: &[PathBuf], minutes: u32) -> Command {
    let mut cargo = Command::new("cargo");
    // The toolchain of this program must not be that of the fuzz build.
    cargo
        .current_dir(folder())
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .args(["+nightly", "fuzz", "run", target]);
    cargo.args(folders.iter().map(|folder| Path::as_os_str(folder)));
    cargo.args([
        "--".to_owned(),
        format!("-max_total_time={}", 60 * minutes),
        format!("-timeout={TIMEOUT}"),
        format!("-rss_limit_mb={MEMORY}"),
        "-max_len=65536".to_owned(),
        "-print_final_stats=1".to_owned(),
    ]);
    cargo
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_target_has_inputs_that_exist() {
        let targets = super::targets().expect("the list");
        assert!(targets.iter().any(|target| target.name == "lint"));
        for target in targets {
            assert!(target.inputs.iter().all(|input| input.exists()), "{}", target.name);
        }
    }
}
