//! Files that are written from the code, so that they never contradict it.

use crate::{browser, process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;

/// A generated file.
struct Generator {
    /// Its path from the root.
    path: &'static str,
    /// What `cargo run` takes to print its whole content.
    arguments: &'static [&'static str],
}

/// Every generated file.
const GENERATORS: [Generator; 6] = [
    Generator { path: "docs/rules.md", arguments: &[CLI, "rules", MARKDOWN] },
    Generator { path: "docs/cloud-init-keys.md", arguments: &[CLI, "keys", "--target=cloud-init", MARKDOWN] },
    Generator { path: "docs/coreos-keys.md", arguments: &[CLI, "keys", "--target=flatcar", MARKDOWN] },
    Generator { path: "docs/commands.md", arguments: &[CLI, "man", MARKDOWN] },
    Generator {
        path: "docs/configuration.md",
        arguments: &["--package=dryboot-config", "--example=reference"],
    },
    Generator { path: "docs/dryboot.schema.json", arguments: &[CLI, "schema", "dryboot-toml"] },
];

const CLI: &str = "--package=dryboot-cli";
const MARKDOWN: &str = "--output-format=markdown";

/// What a program of the workspace prints: what follows its name are its own arguments.
fn printed(arguments: &[&str]) -> Result<String> {
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet"]);
    match arguments {
        [CLI, own @ ..] => cargo.args([CLI, "--"]).args(own),
        all => cargo.args(all),
    };
    process::output(&mut cargo)
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
