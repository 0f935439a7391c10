//! Programs from crates.io: found on `PATH`, found in the cache, or installed there.

use crate::{cache, process, search, versions};
use anyhow::{Context, Result, bail};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One program, in the one version that is used.
pub(crate) struct Tool {
    /// The crate it comes from.
    package: &'static str,
    /// The program, which prints `… VERSION` for `--version`.
    program: &'static str,
    version: String,
    /// Further arguments of `cargo install`.
    arguments: &'static [&'static str],
}

impl Tool {
    /// The bundler of the page. Without its features, which are for downloads and checks for updates.
    pub(crate) fn trunk() -> Self {
        Self {
            package: "trunk",
            program: "trunk",
            version: versions::TRUNK.to_owned(),
            arguments: &["--no-default-features"],
        }
    }

    /// The generator of the page's JavaScript glue. Without its feature, which is for the runner of tests.
    pub(crate) fn wasm_bindgen() -> Result<Self> {
        Ok(Self {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: versions::wasm_bindgen()?,
            arguments: &["--no-default-features", "--bin", "wasm-bindgen"],
        })
    }

    /// The checker of licences, sources and advisories.
    pub(crate) fn cargo_deny() -> Self {
        Self {
            package: "cargo-deny",
            program: "cargo-deny",
            version: versions::CARGO_DENY.to_owned(),
            arguments: &[],
        }
    }

    /// The folder that has the program in the right version, which is installed if it is nowhere.
    ///
    /// # Errors
    /// When it has to be installed and that fails.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        let root = cache::dir()?.join("tools").join(format!("{}-{}", self.package, self.version));
        let bin = root.join("bin");
        let cached = search::executable(&bin, self.program);
        if cached.is_file() {
            return Ok(bin);
        }
        if let Some(found) = search::on_path(self.program)
            && self.is_right(&found)
        {
            return found.parent().map(Path::to_owned).context("a program on PATH has no folder");
        }

        let _lock = cache::lock()?;
        if cached.is_file() {
            return Ok(bin);
        }
        process::timed(
            &format!("installing {} {} (once, for some minutes)", self.package, self.version),
            || self.install(&root),
        )?;
        if !self.is_right(&cached) {
            bail!(
                "{} was installed but does not run as version {}; remove {} and try again",
                self.program,
                self.version,
                root.display()
            );
        }
        Ok(bin)
    }

    fn is_right(&self, program: &Path) -> bool {
        process::answer(program, "--version")
            .is_some_and(|output| versions::printed(&output) == Some(self.version.as_str()))
    }

    /// Installs with the versions that the tool was released with, else with the newest that fit.
    fn install(&self, root: &Path) -> Result<()> {
        let build = cache::dir()?.join("build");
        if process::run(self.cargo_install(root, &build)?.arg("--locked")).is_err() {
            println!(
                "{} does not install with its own lock file; trying the newest dependencies that fit",
                self.package
            );
            process::run(&mut self.cargo_install(root, &build)?).with_context(|| {
                format!(
                    "cannot install {}; check that crates.io can be reached, or put {} {} on PATH",
                    self.package, self.program, self.version
                )
            })?;
        }
        process::remove_dir(&build)
    }

    fn cargo_install(&self, root: &Path, build: &Path) -> Result<Command> {
        let mut command = process::cargo();
        command
            .args(["install", self.package, "--version", &self.version])
            .args(self.arguments)
            .arg("--root")
            .arg(root)
            .args(["--no-track", "--force"]);
        // Building takes minutes on a small machine, and the tools work for less than a second: wasm-bindgen needs
        // 0.6 s for 20 MB of debug build, against 0.2 s when optimised at twice the building time.
        for setting in ["opt-level=0", "lto=false", "codegen-units=256", "debug=false", "strip=\"debuginfo\""]
        {
            command.arg("--config").arg(format!("profile.release.{setting}"));
        }
        if !std::io::stdout().is_terminal() {
            command.arg("--quiet");
        }
        // The project's own settings must not reach the tools.
        command
            .current_dir(cache::dir()?)
            .env("CARGO_TARGET_DIR", build)
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTFLAGS");
        Ok(command)
    }
}

/// Makes the Rust compiler able to build for the browser.
///
/// # Errors
/// When the target is missing and rustup cannot add it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = Command::new("rustc");
    rustc.current_dir(crate::workspace::root());
    let libraries = process::output(rustc.args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    if search::on_path("rustup").is_none() {
        bail!(
            "the Rust compiler lacks the target {TARGET}, and there is no rustup; install the target's standard library"
        );
    }
    process::timed(&format!("adding the target {TARGET} to the Rust compiler"), || {
        let mut rustup = Command::new("rustup");
        rustup.current_dir(crate::workspace::root());
        process::run(rustup.args(["target", "add", TARGET])).with_context(|| {
            format!("`rustup target add {TARGET}` must succeed once, which needs the network")
        })
    })
}
