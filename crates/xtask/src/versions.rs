//! Exact versions of tools, taken from the lock files wherever one decides.

use crate::workspace;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs;

/// The page's bundler. 0.22 does not build with the Rust version of this project.
pub(crate) const TRUNK: &str = "0.21.14";
/// The YAML library that our reading of YAML is compared with.
pub(crate) const PYYAML: &str = "6.0.3";
/// The cloud-init of Debian 12, which our verdict is compared with.
pub(crate) const CLOUD_INIT: &str = "22.4.2";
/// What runs hooks before a commit.
pub(crate) const PRE_COMMIT: &str = "4.7.0";
/// What knows the schemas of CI systems.
pub(crate) const CHECK_JSONSCHEMA: &str = "0.39.0";
/// What makes the wheel.
pub(crate) const MATURIN: &str = "1.16.0";
/// The checker of licences, sources and advisories.
pub(crate) const CARGO_DENY: &str = "0.20.2";

#[derive(Deserialize)]
struct CargoLock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// The version of wasm-bindgen in `Cargo.lock`.
///
/// The command must be of exactly this version: the two halves share a format that changes between releases.
pub(crate) fn wasm_bindgen() -> Result<String> {
    let path = workspace::root().join("Cargo.lock");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    locked(&text, "wasm-bindgen").context(
        "Cargo.lock has no wasm-bindgen: no crate of the workspace uses it yet; run `cargo check` if one should",
    )
}

fn locked(lock: &str, name: &str) -> Result<String> {
    let lock: CargoLock = toml::from_str(lock).context("Cargo.lock is damaged")?;
    let package = lock.package.into_iter().find(|package| package.name == name);
    Ok(package.with_context(|| format!("no package {name} in the lock file"))?.version)
}

/// The version in what a program prints for `--version`: `NAME VERSION …`.
pub(crate) fn printed(output: &str) -> Option<&str> {
    output.lines().next()?.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::{locked, printed};

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.129\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \"wasm-bindgen-macro\",\n]\n";

    #[test]
    fn reads_the_package_and_not_its_namesakes() -> anyhow::Result<()> {
        assert_eq!(locked(LOCK, "wasm-bindgen")?, "0.2.130");
        assert!(locked(LOCK, "wasm").is_err());
        assert!(locked("version = 4", "wasm-bindgen").is_err());
        assert!(locked("[[package", "wasm-bindgen").is_err());
        Ok(())
    }

    #[test]
    fn reads_what_programs_print() {
        assert_eq!(printed("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(printed("wasm-bindgen 0.2.130 (abc)\n"), Some("0.2.130"));
        assert_eq!(printed("trunk"), None);
        assert_eq!(printed(""), None);
    }
}
