//! Where things are in the tree.

use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The root of the workspace that this program was built from.
pub(crate) fn root() -> PathBuf {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_dir.ancestors().nth(2).unwrap_or(crate_dir).to_owned()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from))
}

/// The built page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder with the page's npm packages.
pub(crate) fn web() -> PathBuf {
    root().join("web")
}

/// The folder with the browser tests and their npm packages.
pub(crate) fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// The folder with the tests of the npm package, and what they take.
pub(crate) fn package_tests() -> PathBuf {
    root().join("tests/npm")
}

/// Fails when `dist/` holds no page.
pub(crate) fn require_built_page() -> Result<()> {
    ensure!(
        dist().join("index.html").is_file(),
        "there is no built page in dist/; build it with `cargo xtask build`"
    );
    Ok(())
}

/// The crates with tests that try properties, by the names of their packages.
pub(crate) fn with_properties() -> Result<Vec<String>> {
    let mut packages = Vec::new();
    for entry in fs::read_dir(root().join("crates"))? {
        let entry = entry?;
        let tests = entry.path().join("tests");
        if tests.is_dir()
            && sources(tests)?.iter().any(|(_, text)| {
                text.contains("Tries::") || text.contains("Tries {") || text.contains("Tries<")
            })
        {
            packages.push(format!("dryboot-{}", entry.file_name().display()));
        }
    }
    packages.sort();
    Ok(packages)
}

/// The Rust files in a folder and below it, with their texts.
fn sources(folder: PathBuf) -> io::Result<Vec<(PathBuf, String)>> {
    let mut sources = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path)?;
                sources.push((path, text));
            }
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::{root, sources, with_properties};
    use std::io;

    /// A crate is two folders below the root, so three steps up lead out of the tree, to what a clone has not.
    #[test]
    fn no_crate_reads_a_file_outside_of_the_tree() -> io::Result<()> {
        let outside = concat!("join(\"../../", "../");
        let folders = [root().join("crates"), root().join("web/src")];
        let sources = folders.into_iter().map(sources).collect::<io::Result<Vec<_>>>()?.concat();
        for (path, text) in &sources {
            assert!(!text.contains(outside), "{} reads outside the tree", path.display());
        }
        assert!(sources.len() > 100, "only {} files", sources.len());
        Ok(())
    }
    #[test]
    fn properties_are_found_where_they_are() -> anyhow::Result<()> {
        let packages = with_properties()?;
        assert!(packages.iter().any(|package| package == "dryboot-yaml"), "{packages:?}");
        assert!(packages.iter().all(|package| package != "dryboot-xtask"), "{packages:?}");
        Ok(())
    }
}
