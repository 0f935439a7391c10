//! Files that are written from the code, so that they never contradict it.

use crate::{browser, process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;

/// A generated file.
struct Generator {
    /// Its path from the root.
    path: &'static str,
    /// The command that prints its whole content, as Markdown.
    arguments: &'static [&'static str],
}

/// Every generated file.
const GENERATORS: [Generator; 3] = [
    Generator { path: "docs/rules.md", arguments: &["rules"] },
    Generator { path: "docs/cloud-init-keys.md", arguments: &["keys", "--target", "cloud-init"] },
    Generator { path: "docs/coreos-keys.md", arguments: &["keys", "--target", "flatcar"] },
];

/// What the command itself prints.
fn printed(arguments: &[&str]) -> Result<String> {
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "--package", "dryboot-cli", "--"]).args(arguments);
    process::output(cargo.args(["--output-format", "markdown"]))
}

/// Writes the files, or only compares them.
///
/// # Errors
/// When one cannot be made, or differs and `check` is set.
pub(crate) fn run(check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for Generator { path, arguments } in GENERATORS {
        let new = printed(arguments).with_context(|| format!("cannot generate {path}"))?;
        let file = workspace::root().join(path);
        if fs::read_to_string(&file).is_ok_and(|old| old == new) {
            println!("{path}: up to date");
        } else if check {
            println!("{path}: out of date");
            stale.push(path);
        } else {
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            }
            fs::write(&file, new).with_context(|| format!("cannot write {path}"))?;
            println!("{path}: written");
        }
    }
    if !stale.is_empty() {
        bail!("out of date: {}; run `cargo xtask generate` and commit the result", stale.join(", "));
    }
    Ok(())
}

/// Takes the pictures of the page and of the launch form. They are not compared: fonts differ from machine to machine.
///
/// # Errors
/// When the page is not built, or does not come up.
pub(crate) fn screenshot() -> Result<()> {
    let script = workspace::browser_tests().join("screenshot.mjs");
    let (_server, mut node) = browser::node_on_page()?;
    process::run(node.arg(script).arg("docs/screenshot.png"))?;
    let script = workspace::browser_tests().join("launch-screenshots.mjs");
    process::run(browser::node()?.arg(script).arg("docs/launch"))
}
