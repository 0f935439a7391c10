//! `dryboot explain`: a rule, or a key.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use dryboot_config::TargetChoice;
use dryboot_core::{Explained, explain_key, rule};
use dryboot_report::Named;
use dryboot_report::output::Output;
use dryboot_report::render::markdown;

use crate::Outcome;

/// Prints what there is to know about the rule or the key of this name.
pub(crate) fn run(name: &str, target: Option<&TargetChoice>, out: &mut Output<'_>) -> Result<Outcome> {
    if let Some(rule) = rule(name) {
        return documents(&rule.docs, out);
    }
    let target = target.and_then(|choice| choice.0.as_ref());
    match explain_key(name, target) {
        Ok(found) => {
            let pages: Vec<String> = found.iter().map(page).collect();
            documents(&pages, out)
        }
        Err(near) if near.is_empty() => {
            bail!("`{name}` is not a rule or a key; `dryboot rules` and `dryboot keys` list them")
        }
        Err(near) => {
            let near: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
            bail!("`{name}` is not a rule or a key; did you mean {}?", near.join(" or "))
        }
    }
}

/// Prints what there is to know about each rule that has found something, once.
pub(crate) fn found(reports: &[Named<'_>], out: &mut Output<'_>) -> Result<()> {
    let found = reports.iter().flat_map(|named| &named.report.diagnostics);
    let rules: BTreeSet<&str> = found.map(|found| found.rule).collect();
    for rule in rules.into_iter().filter_map(rule) {
        writeln!(out)?;
        documents(&rule.docs, out)?;
    }
    Ok(())
}

fn documents(documents: &[impl AsRef<str>], out: &mut Output<'_>) -> Result<Outcome> {
    for (index, document) in documents.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        markdown::write(document.as_ref(), out)?;
    }
    Ok(Outcome::Clean)
}

/// What there is to know about a key, as Markdown.
fn page(found: &Explained) -> String {
    let Explained { target, key, inside, elsewhere } = found;
    let mut page = format!("# {} in {}\n\n{}\n", key.path, target.title, key.text());
    if !key.reader.is_empty() {
        page.push_str(&format!("\nRead by {}.\n", key.reader));
    }
    if !inside.is_empty() {
        page.push_str("\n## Keys in it\n");
        for inner in inside {
            let name =
                inner.path.strip_prefix(&key.path).unwrap_or(&inner.path).trim_start_matches(['[', ']', '.']);
            page.push_str(&format!("- `{name}`: {}\n", inner.doc));
        }
    }
    if !elsewhere.is_empty() {
        let paths: Vec<String> = elsewhere.iter().map(|path| format!("`{path}`")).collect();
        page.push_str(&format!("\nThere is also a key with this name at {}.\n", paths.join(", ")));
    }
    page
}
