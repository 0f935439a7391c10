//! Programs that cargo installs: found on `PATH`, found in the cache, or installed there.

use crate::{cache, process, search, versions};
use anyhow::{Context, Result, bail};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target that the page is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// One program, in the one version that is used.
pub(crate) struct Tool {
    /// The program, which prints `… VERSION` for `--version`.
    program: &'static str,
    version: String,
    source: Source,
}

/// Where a program comes from.
enum Source {
    /// crates.io, as a package of the program's name, with further arguments of `cargo install`.
    Registry(&'static [&'static str]),
    /// The project itself: the folder of the package.
    Workspace(&'static str),
}

impl Tool {
    /// The bundler of the page. Without its features, which are for downloads and checks for updates.
    pub(crate) fn trunk() -> Self {
        Self {
            program: "trunk",
            version: versions::TRUNK.to_owned(),
            source: Source::Registry(&["--no-default-features"]),
        }
    }

    /// The generator of the page's JavaScript glue.
    pub(crate) fn wasm_bindgen() -> Result<Self> {
        Ok(Self {
            program: "wasm-bindgen",
            version: versions::wasm_bindgen()?,
            source: Source::Workspace("crates/wasm-bindgen"),
        })
    }

    /// The checker of licences, sources and advisories.
    pub(crate) fn cargo_deny() -> Self {
        Self {
            program: "cargo-deny",
            version: versions::CARGO_DENY.to_owned(),
            source: Source::Registry(&[]),
        }
    }

    /// The folder that has the program in the right version, which is installed if it is nowhere.
    ///
    /// # Errors
    /// When it has to be installed and that fails.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        if let Some(bin) = self.find()? {
            return Ok(bin);
        }
        let root = self.root()?;
        let bin = root.join("bin");
        let cached = search::executable(&bin, self.program);
        // Programs of the workspace are built elsewhere, at the same time as those of crates.io.
        let _lock = match self.source {
            Source::Registry(_) => Some(cache::lock()?),
            Source::Workspace(_) => None,
        };
        if cached.is_file() {
            return Ok(bin);
        }
        let what = format!("installing {} {} (once; takes a few minutes)", self.program, self.version);
        process::timed(&what, || self.install(&root))?;
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

    /// The folder that has the program in the right version, if there is one.
    ///
    /// # Errors
    /// When the place for programs cannot be told.
    pub(crate) fn find(&self) -> Result<Option<PathBuf>> {
        let bin = self.root()?.join("bin");
        if search::executable(&bin, self.program).is_file() {
            return Ok(Some(bin));
        }
        let found = search::on_path(self.program).filter(|found| self.is_right(found));
        Ok(found.and_then(|found| found.parent().map(Path::to_owned)))
    }

    /// Where the program is installed.
    fn root(&self) -> Result<PathBuf> {
        Ok(cache::dir()?.join("tools").join(format!("{}-{}", self.program, self.version)))
    }

    fn is_right(&self, program: &Path) -> bool {
        process::answer(program, "--version")
            .is_some_and(|output| versions::printed(&output) == Some(self.version.as_str()))
    }

    fn install(&self, root: &Path) -> Result<()> {
        match self.source {
            Source::Registry(arguments) => self.install_from_registry(arguments, root),
            Source::Workspace(folder) => {
                // Trunk takes longer, and the page waits for both.
                let mut cargo = process::patient_cargo();
                // As everything else in the workspace is built, so that they share what is built already.
                cargo.args(["install", "--path", folder, "--locked", "--profile", "dev"]);
                process::run(into(&mut cargo, root))
            }
        }
    }

    /// Installs with the versions that the tool was released with, else with the newest that fit.
    fn install_from_registry(&self, arguments: &[&str], root: &Path) -> Result<()> {
        let build = build_folder()?;
        if process::run(self.cargo_install(arguments, root, &build)?.arg("--locked")).is_err() {
            println!(
                "{} does not install with its own lock file; trying the newest dependencies that fit",
                self.program
            );
            process::run(&mut self.cargo_install(arguments, root, &build)?).with_context(|| {
                format!(
                    "cannot install {0}; check that crates.io can be reached, or put {0} {1} on PATH",
                    self.program, self.version
                )
            })?;
        }
        Ok(())
    }

    fn cargo_install(&self, arguments: &[&str], root: &Path, build: &Path) -> Result<Command> {
        let mut command = process::cargo();
        command.args(["install", self.program, "--version", &self.version]).args(arguments);
        // Building takes minutes on a small machine, and the tools work for less than a second.
        for setting in ["opt-level=0", "lto=false", "codegen-units=256", "debug=false", "strip=\"debuginfo\""]
        {
            command.arg("--config").arg(format!("profile.release.{setting}"));
        }
        // The project's own settings must not reach the tools.
        into(&mut command, root)
            .current_dir(cache::dir()?)
            .env("CARGO_TARGET_DIR", build)
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTFLAGS");
        Ok(command)
    }
}

/// Lets `cargo install` put a program into a folder.
fn into<'c>(command: &'c mut Command, root: &Path) -> &'c mut Command {
    if !std::io::stdout().is_terminal() {
        command.arg("--quiet");
    }
    command.arg("--root").arg(root).args(["--no-track", "--force"])
}

/// Where tools of crates.io are built: in one place, since they share some crates.
fn build_folder() -> Result<PathBuf> {
    Ok(cache::dir()?.join("build"))
}

/// Removes what building tools has left, once all are installed.
///
/// # Errors
/// When it cannot be removed.
pub(crate) fn remove_builds() -> Result<()> {
    let folder = build_folder()?;
    if folder.is_dir() {
        let _lock = cache::lock()?;
        process::remove_dir(&folder)?;
    }
    Ok(())
}

/// Makes the Rust compiler able to build for the browser.
///
/// # Errors
/// When the target is missing and rustup cannot add it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    ensure_target(WASM)
}

/// Adds the standard library of a target to the compiler, where it is missing.
///
/// # Errors
/// When it cannot be added.
pub(crate) fn ensure_target(target: &str) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(crate::workspace::root());
    let libraries = process::output(rustc.args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    if search::on_path("rustup").is_none() {
        bail!(
            "the Rust compiler lacks the target {target}, and there is no rustup; install the target's \
             standard library"
        );
    }
    process::timed(&format!("adding the target {target} to the Rust compiler"), || {
        let mut rustup = Command::new("rustup");
        rustup.current_dir(crate::workspace::root());
        process::run(rustup.args(["target", "add", target]))
            .with_context(|| format!("`rustup target add {target}` must succeed once; it needs the network"))
    })
}
