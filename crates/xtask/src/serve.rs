//! Serving the page while it is worked on.

use crate::{page, process, tools, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::Duration;

/// How to serve the page.
pub(crate) struct Serve {
    /// As it ships, instead of quickly built.
    pub(crate) release: bool,
    /// Port on the loopback address.
    pub(crate) port: u16,
    /// Open a browser.
    pub(crate) open: bool,
}

/// Without debug information, which takes time to build and which browsers do not show.
const QUICK: (&str, &str) = ("CARGO_PROFILE_DEV_DEBUG", "false");

/// Serves the page until interrupted, and rebuilds it when its source changes.
///
/// The modules that the first lint does without take longer than all else: they follow when the page is up.
/// `web/build.mjs` says how.
///
/// # Errors
/// When a tool is missing, or trunk fails.
pub(crate) fn run(options: &Serve) -> Result<()> {
    let mut trunk = match options.release {
        true => page::trunk("serve")?,
        false => page::trunk_while("serve", build_ahead)?,
    };
    let root = workspace::root();
    // Not dist/, where tests and measurements expect the page as it ships.
    let folder = root.join("target/serve");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let all_modules = root.join("web/.all-modules");
    if options.release {
        trunk.args(page::RELEASE);
    } else {
        remove(&all_modules)?;
        let served = root.join(".served.html");
        fs::copy(root.join("index.html"), &served)
            .with_context(|| format!("cannot write {}", served.display()))?;
        trunk.arg(served).env(QUICK.0, QUICK.1);
    }
    trunk.args(["--address", "127.0.0.1", "--port", &options.port.to_string()]).arg("--dist").arg(&folder);
    if options.open {
        trunk.arg("--open");
    }
    let address = format!("http://127.0.0.1:{}/", options.port);
    println!("building the page; it will be at {address}");
    let mut child = trunk.spawn().with_context(|| process::cannot_start(&trunk))?;
    let listens = || TcpStream::connect((Ipv4Addr::LOCALHOST, options.port)).is_ok();
    let ended = match wait_until(&mut child, listens)? {
        None if options.release => None,
        None => {
            println!(
                "the page is at {address}; further rules, CoreOS, and the Boot and Image views follow in a minute"
            );
            fs::write(&all_modules, "").with_context(|| format!("cannot write {}", all_modules.display()))?;
            let ended = wait_until(&mut child, || has_all_modules(&folder))?;
            if ended.is_none() {
                println!("all of the page is built: reload it if it is open");
            }
            ended
        }
        ended => ended,
    };
    let status = ended.map_or_else(|| child.wait().context("trunk got lost"), Ok)?;
    if !status.success() {
        bail!("`{}` failed ({status})", process::line(&trunk));
    }
    Ok(())
}

/// Builds the crates of the first page. Whatever goes wrong, trunk meets it again and says so.
fn build_ahead() {
    println!("building the crates of the page at the same time");
    // One by one and with these arguments, as trunk does it: cargo chooses the features by what it builds at once.
    for manifest in ["web/Cargo.toml", "crates/wasm-cloud-init-first/Cargo.toml"] {
        let mut cargo = process::patient_cargo();
        cargo.env(QUICK.0, QUICK.1);
        cargo.args(["build", "--quiet", "--locked", "--target", tools::WASM, "--manifest-path", manifest]);
        if process::run(&mut cargo).is_err() {
            break;
        }
    }
}

/// Waits until something is so; if the process ends before, it returns how.
fn wait_until(child: &mut Child, is_so: impl Fn() -> bool) -> Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait().context("trunk got lost")? {
            return Ok(Some(status));
        }
        if is_so() {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Whether the page in a folder has the worker of its last view.
fn has_all_modules(folder: &Path) -> bool {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| path.join("openpgp-worker.js").is_file())
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}
