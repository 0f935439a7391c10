//! What a newcomer does first, in a clean clone: it must work without anything that an earlier build left in the tree.

mod clone;
mod readme;

use crate::group::Group;
use crate::process::{self, Elapsed};
use crate::{browser, workspace};
use anyhow::{Context, Result, ensure};
use clone::Clone;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// How long everything up to the first page may take: with empty caches, on a slow machine.
const PATIENCE: Duration = Duration::from_mins(30);

/// Serves the page from a clean clone, sees its first lint in Chromium, and stops it.
///
/// # Errors
/// When the page does not come, or something of the server stays.
pub(crate) fn page() -> Result<()> {
    let clone = Clone::new()?;
    let port = free_port()?;
    let mut serve = clone.cargo()?;
    serve.args(["xtask", "serve", "--port", &port.to_string()]);
    let start = Instant::now();
    let mut served = Group::start(&mut serve)?;
    wait_until_it_listens(&mut served, port)?;
    let script = workspace::browser_tests().join("first-lint.mjs");
    let mut node = browser::node()?;
    process::run(node.env("BASE_URL", format!("http://127.0.0.1:{port}/")).arg(script))?;
    println!("the first lint is there {} after the start", Elapsed(start.elapsed()));
    served.terminate(Duration::from_secs(10))
}

/// Installs the command in a clean clone as the README says, and compares what it prints with the README.
///
/// # Errors
/// When it cannot be installed, or prints something else.
pub(crate) fn lint() -> Result<()> {
    let clone = Clone::new()?;
    let text = fs::read_to_string(clone.tree().join("README.md")).context("the clone has no README.md")?;
    let (install, transcript) = (readme::install(&text)?, readme::first_transcript(&text)?);
    let start = Instant::now();
    process::run(clone.cargo()?.args(&install).arg("--root").arg(clone.installed()))?;
    let printed = clone.dryboot(&transcript.arguments)?;
    println!(
        "the first `dryboot {}` ended {} after the start",
        transcript.arguments.join(" "),
        Elapsed(start.elapsed())
    );
    ensure!(
        printed == transcript.output,
        "`dryboot {}` prints something other than the README shows:\n{printed}",
        transcript.arguments.join(" ")
    );
    clone.expect_advice(&["verify", "image.bin"])
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn wait_until_it_listens(served: &mut Group, port: u16) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Some(status) = served.ended()? {
            anyhow::bail!("`cargo xtask serve` ended ({status}) before it served anything");
        }
        ensure!(start.elapsed() < PATIENCE, "nothing is served after {}", Elapsed(PATIENCE));
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
