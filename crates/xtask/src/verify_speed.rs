//! How fast `dryboot verify` and the page's module are beside `gpg --verify`, and how much memory they need.

use crate::sizes::kb;
use crate::verify_page::{self, Lengths};
use crate::{process, workspace};
use anyhow::{Context, Result, ensure};
use dryboot_openpgp_cases::{Gpg, is_installed};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// As often is each measured; the best counts, since nothing makes a run faster than it is.
const ROUNDS: usize = 3;

const MB: u64 = 1_000_000;

/// The length of the file that both verify.
const LENGTH: u64 = 1_000 * MB;

/// Prints the speed with two hashes, and the memory for a small and a big image.
///
/// # Errors
/// When it cannot be measured, a verdict is wrong, or a target is missed.
pub(crate) fn report() -> Result<()> {
    if !is_installed() {
        println!("verify: not measured, since gpg is not installed");
        return Ok(());
    }
    process::run(process::cargo().args(["build", "--profile", "dist", "--package", "dryboot-cli"]))?;
    let bench = Bench::new()?;
    println!("\nverify: an image of {} MB, best of {ROUNDS}", LENGTH / MB);
    let mut slowest = f64::INFINITY;
    for hash in ["SHA256", "SHA512"] {
        let image = bench.image("image", LENGTH, hash)?;
        let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            ours = ours.min(timed(&mut bench.dryboot(&image))?);
            theirs = theirs.min(timed(&mut bench.gpg(&image))?);
        }
        let page = verify_page::measure(&bench.folder, "image", ROUNDS)?.time;
        let speed = |time: Duration| LENGTH as f64 / MB as f64 / time.as_secs_f64();
        let times = |slow: Duration, fast: Duration| slow.as_secs_f64() / fast.as_secs_f64();
        println!(
            "  {hash}  dryboot {:5.0} MB/s  gpg {:5.0} MB/s  {:.2} times",
            speed(ours),
            speed(theirs),
            times(theirs, ours)
        );
        println!(
            "          in Chromium {:5.0} MB/s, {:.2} of native and {:.2} times gpg",
            speed(page),
            times(ours, page),
            times(theirs, page)
        );
        slowest = slowest.min(times(theirs, ours));
    }
    memory(&bench)?;
    ensure!(slowest >= 1.3, "verifying is {slowest:.2} times as fast as gpg, less than 1.3");
    Ok(())
}

/// Prints the memory for a small and a big image, natively and in the page, and how long its module is.
fn memory(bench: &Bench) -> Result<()> {
    let (mut command, mut page) = (Vec::new(), Vec::new());
    let mut module = None;
    for length in [100 * MB, 4_000 * MB] {
        let image = bench.image("image", length, "SHA256")?;
        let native = process::peak(&mut bench.dryboot(&image))?;
        let measured = verify_page::measure(&bench.folder, "image", 1)?;
        match (native, measured.peak) {
            (Some(native), Some(bytes)) => println!(
                "  {:4} MB  at most {:.1} MB of memory, in Chromium {:.0} MB with the page",
                length / MB,
                native as f64 / 1000.0,
                bytes as f64 / MB as f64
            ),
            _ => println!("  {:4} MB  memory is measured on Linux only", length / MB),
        }
        command.extend(native);
        page.extend(measured.peak);
        module = Some(measured.module);
    }
    if let Some(Lengths { raw, gzip, brotli }) = module {
        println!("  the module  {} raw, {} gzip, {} brotli", kb(raw), kb(gzip), kb(brotli));
    }
    if let [small, big] = command[..] {
        ensure!(big < small + 2_000, "memory grows with the image: {small} KB, then {big} KB");
    }
    if let [small, big] = page[..] {
        ensure!(big < small + 50 * MB, "in Chromium, memory grows with the image: {small} bytes, then {big}");
    }
    Ok(())
}

/// A key, its keyring, and a place for images.
struct Bench {
    gpg: Gpg,
    key: String,
    folder: PathBuf,
}

impl Bench {
    fn new() -> Result<Self> {
        let gpg = Gpg::new()?;
        let key =
            gpg.key("Bench <bench@example.org>", "rsa2048", "cert,sign", "20180226T100000", "never", &[])?;
        // In the home of gpg, which goes afterwards.
        let folder = gpg.home().join("images");
        fs::create_dir(&folder)?;
        fs::write(folder.join("key.gpg"), gpg.export(&key, &[])?)?;
        Ok(Self { gpg, key, folder })
    }

    /// A file without blocks on the disk, so that reading costs both the same, and little; with its signature.
    fn image(&self, name: &str, length: u64, hash: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        File::create(&path)?.set_len(length).context("cannot make a file without blocks")?;
        let (signature, digest) = (text(&path.with_extension("sig")), format!("--digest-algo={hash}"));
        let arguments =
            ["--local-user", &self.key, &digest, "--output", &signature, "--detach-sign", &text(&path)];
        self.gpg.must(None, &arguments, &[])?;
        Ok(path)
    }

    fn dryboot(&self, image: &Path) -> Command {
        let mut command = Command::new(workspace::target().join("dist/dryboot"));
        command.arg("verify").arg(image).arg("--keyring").arg(self.folder.join("key.gpg"));
        command
    }

    fn gpg(&self, image: &Path) -> Command {
        let mut command = Command::new("gpg");
        command.args(["--batch", "--quiet", "--trust-model=always", "--homedir"]).arg(self.gpg.home());
        command.arg("--verify").arg(image.with_extension("sig")).arg(image);
        command
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// How long a command takes, which must succeed: it says good.
fn timed(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output().with_context(|| process::cannot_start(command))?;
    let time = start.elapsed();
    ensure!(
        output.status.success(),
        "`{}`: {}",
        process::line(command),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(time)
}
