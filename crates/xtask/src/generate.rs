//! Files that are written from the code, so that they never contradict it.

use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;

/// A generated file.
struct Generator {
    /// Its path from the root.
    path: &'static str,
    /// Makes its whole content.
    render: fn() -> Result<String>,
}

/// Every generated file.
const GENERATORS: [Generator; 1] = [Generator { path: "docs/rules.md", render: rules }];

/// The reference of the rules, as the command itself prints it.
fn rules() -> Result<String> {
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "--package", "dryboot-cli", "--", "rules", "--output-format", "markdown"]);
    process::output(&mut cargo)
}

/// Writes the files, or only compares them.
///
/// # Errors
/// When one cannot be made, or differs and `check` is set.
pub(crate) fn run(check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for Generator { path, render } in GENERATORS {
        let new = render().with_context(|| format!("cannot generate {path}"))?;
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
