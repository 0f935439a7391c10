//! Environments of Python in the cache: one with PyYAML, for the test that compares our parser with it, and one for each tool
//! that is written in Python.

use crate::{cache, process, search, versions};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that tells tests which Python to ask.
pub(crate) const VARIABLE: &str = "DRYBOOT_PYTHON";

/// Python 3.11 is the oldest that limits the digits of numbers.
const OLDEST_MINOR: u32 = 11;

const ADVICE: &str = "install Python 3.11 or newer with venv (on Debian: python3-venv)";

/// The Python of a virtual environment in the cache that has PyYAML, in the version of cloud-init's own tests.
///
/// # Errors
/// When there is no Python for it, or PyYAML cannot be installed.
pub(crate) fn ensure() -> Result<PathBuf> {
    let root = cache::dir()?.join("tools").join(format!("pyyaml-{}", versions::PYYAML));
    let python = interpreter(&root);
    if has_pyyaml(&python) {
        return Ok(python);
    }
    let _lock = cache::lock()?;
    if has_pyyaml(&python) {
        return Ok(python);
    }
    let package = format!("pyyaml=={}", versions::PYYAML);
    process::timed(&format!("installing PyYAML {}", versions::PYYAML), || {
        install(&root, &["--no-deps", &package])
    })?;
    ensure!(
        has_pyyaml(&python),
        "PyYAML was installed but does not load as version {}; remove {} and try again",
        versions::PYYAML,
        root.display()
    );
    Ok(python)
}

/// A program of the Python package index, in its own environment.
///
/// # Errors
/// When there is no Python for it, or it cannot be installed.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf> {
    let root = cache::dir()?.join("tools").join(format!("{name}-{version}"));
    let program = search::executable(&root.join(FOLDER), name);
    let works = || process::answer(&program, "--version").is_some_and(|printed| printed.contains(version));
    if works() {
        return Ok(program);
    }
    let _lock = cache::lock()?;
    if !works() {
        let package = format!("{name}=={version}");
        process::timed(&format!("installing {name} {version}"), || install(&root, &[&package]))?;
    }
    ensure!(works(), "{name} {version} does not run; remove {} and try again", root.display());
    Ok(program)
}

/// Where an environment has its programs.
const FOLDER: &str = if cfg!(windows) { "Scripts" } else { "bin" };

fn interpreter(root: &Path) -> PathBuf {
    search::executable(&root.join(FOLDER), "python")
}

fn has_pyyaml(python: &Path) -> bool {
    let version = process::answer(python, "-cimport yaml; print(yaml.__version__)");
    version.is_some_and(|version| version.trim() == versions::PYYAML)
}

fn install(root: &Path, what: &[&str]) -> Result<()> {
    process::remove_dir(root)?;
    let base = base()?;
    process::run(Command::new(base).args(["-m", "venv"]).arg(root))
        .with_context(|| format!("cannot make a virtual environment; {ADVICE}"))?;
    let mut pip = Command::new(interpreter(root));
    pip.args(["-m", "pip", "--disable-pip-version-check", "--quiet", "install"]);
    process::run(pip.args(what)).with_context(|| {
        format!("cannot install {}; check that the Python package index can be reached", what.join(" "))
    })
}

/// The Python to make environments with.
///
/// # Errors
/// When there is none, or it is too old.
pub(crate) fn base() -> Result<PathBuf> {
    let Some(python) = ["python3", "python"].iter().find_map(|name| search::on_path(name)) else {
        bail!("there is no Python on PATH; {ADVICE}");
    };
    let version = process::answer(&python, "--version").unwrap_or_default();
    ensure!(is_recent(&version), "Python is too old ({}); {ADVICE}", version.trim());
    Ok(python)
}

fn is_recent(printed: &str) -> bool {
    let mut parts = versions::printed(printed).unwrap_or_default().split('.').map(str::parse);
    let (Some(Ok(major)), Some(Ok(minor))) = (parts.next(), parts.next()) else {
        return false;
    };
    (3, OLDEST_MINOR) <= (major, minor)
}

#[cfg(test)]
mod tests {
    use super::is_recent;

    #[test]
    fn versions_of_python_are_compared_as_numbers() {
        for (printed, recent) in [
            ("Python 3.11.7\n", true),
            ("Python 3.9.2\n", false),
            ("Python 3.100.0a1\n", true),
            ("Python 2.7.18\n", false),
            ("", false),
        ] {
            assert_eq!(is_recent(printed), recent, "{printed:?}");
        }
    }
}
