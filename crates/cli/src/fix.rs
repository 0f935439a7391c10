//! `--fix` and `--diff`.

use std::io::{self, Write};

use anyhow::{Context, Result};
use dryboot_core::{Compression, LintOptions, Report, Safety, apply_fixes, lint};
use similar::TextDiff;

use crate::args::LintArgs;
use crate::lint::Checked;
use crate::replace::replace;
use crate::{Outcome, complain};

/// One fix can uncover another; more rounds than this mean that two undo each other.
const ROUNDS: usize = 10;

/// Writes the fixed texts back, and checks them again.
pub(crate) fn apply(checked: &mut [Checked], args: &LintArgs, options: &LintOptions) -> Result<()> {
    for checked in checked {
        let Some(text) = fixed(&checked.report, args, options) else { continue };
        let written = match &checked.input.path {
            Some(path) => {
                let read = checked.input.bytes.as_deref().unwrap_or_default();
                replace(path, read, text.as_bytes())
            }
            None => io::stdout().write_all(text.as_bytes()).context("cannot write the fixed text"),
        };
        written?;
        checked.report = lint(text.as_bytes(), options);
    }
    Ok(())
}

/// Prints what would change, as a unified diff.
pub(crate) fn show(
    checked: &[Checked],
    args: &LintArgs,
    options: &LintOptions,
    out: &mut impl Write,
) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    for checked in checked {
        let Some(text) = fixed(&checked.report, args, options) else { continue };
        outcome = Outcome::Findings;
        let name = &checked.input.name;
        let diff = TextDiff::from_lines(checked.report.text.as_str(), text.as_str());
        write!(out, "{}", diff.unified_diff().header(name, name))?;
    }
    Ok(outcome)
}

/// The text with all fixes applied; none when nothing changes or the text cannot be written back.
fn fixed(report: &Report, args: &LintArgs, options: &LintOptions) -> Option<String> {
    let level = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let has_fixes = report
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.fixes.first().is_some_and(|fix| fix.safety >= level));
    if !has_fixes {
        return None;
    }
    if report.compression != Compression::None {
        complain("cannot fix compressed user-data; unpack it first");
        return None;
    }
    let mut text = report.text.clone();
    let mut diagnostics = report.diagnostics.clone();
    for _ in 0..ROUNDS {
        let (next, applied) = apply_fixes(&text, &diagnostics, level);
        if applied == 0 || next == text {
            break;
        }
        text = next;
        diagnostics = lint(text.as_bytes(), options).diagnostics;
    }
    (text != report.text).then_some(text)
}
