//! Debian's cloud-init, whose own validator the tests and benchmarks compare dryboot with.
//!
//! Nothing is installed: its package and those that it needs are unpacked into the cache.

use crate::{cache, debian, process, python, versions};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that tells tests where the Python packages of cloud-init are.
pub(crate) const VARIABLE: &str = "DRYBOOT_CLOUD_INIT";

/// The package of cloud-init, and all that `cloud-init schema` imports.
const PACKAGES: [&str; 17] = [
    "cloud-init",
    "python3-attr",
    "python3-certifi",
    "python3-chardet",
    "python3-configobj",
    "python3-idna",
    "python3-jinja2",
    "python3-json-pointer",
    "python3-jsonpatch",
    "python3-jsonschema",
    "python3-markupsafe",
    "python3-oauthlib",
    "python3-pyrsistent",
    "python3-requests",
    "python3-six",
    "python3-urllib3",
    "python3-yaml",
];

/// A cloud-init that can be run.
pub(crate) struct CloudInit {
    root: PathBuf,
    python: PathBuf,
}

impl CloudInit {
    /// The one in the cache, which is fetched if it is not there.
    ///
    /// # Errors
    /// When there is no Python for it, or the packages of Debian 12 cannot be had.
    pub(crate) fn ensure() -> Result<Self> {
        let python = python::ensure()?;
        let root = cache::dir()?.join("tools").join(format!("cloud-init-{}", versions::CLOUD_INIT));
        if !root.is_dir() {
            let _lock = cache::lock()?;
            if !root.is_dir() {
                let what = format!("downloading cloud-init {}", versions::CLOUD_INIT);
                process::timed(&what, || fetch(&root, &python))?;
            }
        }
        Ok(Self { root, python })
    }

    /// The same, where doing without is possible: the reason is printed.
    pub(crate) fn ensure_or_say() -> Option<Self> {
        let found = Self::ensure();
        if let Err(error) = &found {
            eprintln!("there is no cloud-init to compare with: {error:#}");
        }
        found.ok()
    }

    /// The folder of its Python packages.
    pub(crate) fn packages(&self) -> PathBuf {
        packages(&self.root)
    }

    /// Its command, without the packages of the system, which would only make it slower.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.args(["-s", "-S"]).arg(self.root.join("usr/bin/cloud-init"));
        command.env("PYTHONPATH", self.packages());
        command
    }
}

fn packages(root: &Path) -> PathBuf {
    root.join("usr/lib/python3/dist-packages")
}

fn fetch(root: &Path, python: &Path) -> Result<()> {
    let candidate = debian::candidate("cloud-init")?;
    let upstream = candidate.split('-').next().unwrap_or_default();
    ensure!(
        upstream == versions::CLOUD_INIT,
        "this system offers cloud-init {candidate}, not Debian 12's {}",
        versions::CLOUD_INIT
    );
    let unfinished = root.with_extension("unfinished");
    process::remove_dir(&unfinished)?;
    let (archives, unpacked) = (unfinished.join("archives"), unfinished.join("root"));
    for folder in [&archives, &unpacked] {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    debian::unpack(&PACKAGES, &archives, &unpacked)?;
    // As its installation does: otherwise each start compiles all of it.
    let mut compile = Command::new(python);
    process::run(compile.args(["-I", "-m", "compileall", "-q"]).arg(packages(&unpacked)))?;
    if fs::rename(&unpacked, root).is_err() {
        bail!("cannot move the unpacked packages to {}", root.display());
    }
    process::remove_dir(&unfinished)
}
