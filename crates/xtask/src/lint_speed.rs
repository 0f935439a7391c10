//! How fast `dryboot lint` is as a process: on one file beside `cloud-init schema`, and on a folder of many.

#[path = "../../core/benches/cloud_config/mod.rs"]
mod cloud_config;
#[path = "../../core/benches/config/mod.rs"]
mod config;

use crate::cloud_init::CloudInit;
use crate::{process, workspace};
use anyhow::{Context, Result, ensure};
pub(crate) use cloud_config::cloud_config;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// As often is each measured; the best counts, since nothing makes a run faster than it is.
const ROUNDS: usize = 7;

/// How often the peer takes dryboot's time, at least.
const LEAST_TIMES: f64 = 150.0;

const FILES: usize = 10_000;

/// A config for cloud-init of the size that people write, which both accept.
const SMALL: usize = 600;

/// The size of each of many.
const MANY: usize = 2_000;

/// Files per second, at least, on two cores.
const LEAST_FILES: f64 = 15_000.0;

/// Prints how long one file takes both, how many files of a folder are linted in a second, and how long an edit takes in the
/// language server.
///
/// # Errors
/// When it cannot be measured, or a target is missed.
pub(crate) fn report() -> Result<()> {
    process::run(process::cargo().args(["build", "--profile", "dist", "--package", "dryboot-cli"]))?;
    let folder = workspace::target().join("lint-speed");
    process::remove_dir(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let times = beside_cloud_init(&folder)?;
    let slowest = folders(&folder)?;
    process::remove_dir(&folder)?;
    println!();
    process::run(process::cargo().args([
        "bench",
        "--quiet",
        "--profile",
        "dist",
        "--package",
        "dryboot-lsp",
    ]))?;
    if let Some(times) = times {
        ensure!(
            times >= LEAST_TIMES,
            "lint is {times:.0} times as fast as cloud-init, less than {LEAST_TIMES}"
        );
    }
    ensure!(slowest >= LEAST_FILES, "{slowest:.0} files are linted in a second, less than {LEAST_FILES}");
    Ok(())
}

/// How many times as long the peer takes for one file; `None` where there is no peer.
fn beside_cloud_init(folder: &Path) -> Result<Option<f64>> {
    let Some(peer) = CloudInit::ensure_or_say() else { return Ok(None) };
    let path = folder.join("small.yaml");
    write(&path, &cloud_config(SMALL))?;
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        ours = ours.min(timed(lint("cloud-init@22.4.2").arg(&path))?);
        theirs = theirs.min(timed(peer.command().arg("schema").arg("-c").arg(&path))?);
    }
    let times = theirs.as_secs_f64() / ours.as_secs_f64();
    println!(
        "\nlint: one file of {SMALL} bytes as a process, best of {ROUNDS}\n  dryboot {:.1} ms  cloud-init schema {:.0} ms  \
         {times:.0} times",
        ours.as_secs_f64() * 1000.0,
        theirs.as_secs_f64() * 1000.0
    );
    Ok(Some(times))
}

/// A config of about this many bytes.
type Make = fn(usize) -> String;

/// Files per second for the program that is the slowest.
fn folders(folder: &Path) -> Result<f64> {
    let mut slowest = f64::INFINITY;
    println!("\nlint: a folder of {FILES} files of {MANY} bytes, best of {ROUNDS}");
    let programs: [(&str, Make); 2] = [("cloud-init", cloud_config), ("coreos", config::config)];
    for (target, make) in programs {
        let folder = folder.join(target);
        fs::create_dir(&folder)?;
        let text = make(MANY);
        for number in 0..FILES {
            write(&folder.join(format!("{number}.yaml")), &text.replace("bench", &format!("bench{number}")))?;
        }
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS {
            best = best.min(timed(lint(target).arg(&folder))?);
        }
        let speed = FILES as f64 / best.as_secs_f64();
        let memory = process::peak(lint(target).arg(&folder))?
            .map(|kb| format!(", at most {:.0} MB of memory", kb as f64 / 1000.0));
        println!(
            "  {target:10}  {:.2} s, {speed:.0} files/s{}",
            best.as_secs_f64(),
            memory.unwrap_or_default()
        );
        slowest = slowest.min(speed);
    }
    Ok(slowest)
}

fn lint(target: &str) -> Command {
    let mut command = Command::new(dryboot());
    command.args(["lint", "--target", target]);
    command
}

fn dryboot() -> PathBuf {
    workspace::target().join("dist/dryboot")
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// How long a command takes that finds nothing wrong.
fn timed(command: &mut Command) -> Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = command.output().with_context(|| process::cannot_start(command))?;
    let time = start.elapsed();
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{}`: {errors}", process::line(command));
    Ok(time)
}
