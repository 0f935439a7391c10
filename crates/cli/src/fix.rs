//! `--fix` and `--diff`.

use std::io;

use anyhow::{Context, Result};
use dryboot_core::{Compression, LintOptions, Report, Safety, apply_fixes_to_bytes};
use dryboot_report::output::{Output, shown, shown_bytes};
use similar::TextDiff;

use crate::Outcome;
use crate::args::LintArgs;
use crate::lint::Checked;
use crate::project::report_on;
use crate::replace::replace;
use crate::screen::{complain, pass_on};

/// One fix can uncover another; more rounds than this mean that two undo each other.
const ROUNDS: usize = 10;

/// Writes the fixed texts back, and checks them again. The text of standard input goes to standard output, fixed or
/// not. Says whether all could be written.
pub(crate) fn apply(checked: &mut [Checked], args: &LintArgs, options: &LintOptions) -> Result<bool> {
    let mut all_written = true;
    for checked in checked {
        let read = checked.input.bytes.as_deref().unwrap_or_default();
        let fixed = fixed(checked, read, args, options);
        match (&checked.input.path, &fixed) {
            (Some(path), Some(fixed)) => {
                if let Err(error) = replace(path, read, fixed) {
                    complain(&format!("{error:#}"));
                    all_written = false;
                    continue;
                }
            }
            (Some(_), None) => {}
            (None, fixed) => {
                let all = pass_on(fixed.as_deref().unwrap_or(read)).and_then(|()| {
                    // What was too long was not read to its end.
                    if read.len() > options.limits.bytes { pass_on(io::stdin()) } else { Ok(()) }
                });
                all.context("cannot write the fixed file")?;
            }
        }
        if let Some(fixed) = fixed {
            checked.report = report_on(&checked.input.name, &fixed, &checked.settings, args, options);
            checked.input.bytes = Ok(fixed);
        }
    }
    Ok(all_written)
}

/// Prints what would change, as a unified diff.
pub(crate) fn show(
    checked: &[Checked],
    args: &LintArgs,
    options: &LintOptions,
    out: &mut Output<'_>,
) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    for checked in checked {
        let read = checked.input.bytes.as_deref().unwrap_or_default();
        let Some(fixed) = fixed(checked, read, args, options) else { continue };
        outcome = Outcome::Findings;
        let name = shown(&checked.input.name).to_string();
        let (before, after) = (shown_lines(read), shown_lines(&fixed));
        let diff = TextDiff::from_lines(before.as_str(), after.as_str());
        out.rendered(&diff.unified_diff().header(&name, &name).to_string())?;
    }
    Ok(outcome)
}

/// Lines fit to be looked at, with their ends as they are.
fn shown_lines(bytes: &[u8]) -> String {
    let mut lines = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let ends = ["\r\n", "\n"].into_iter().find(|end| line.ends_with(end.as_bytes()));
        let end = ends.unwrap_or_default();
        lines.push_str(&shown_bytes(&line[..line.len() - end.len()]).to_string());
        lines.push_str(end);
    }
    lines
}

/// The bytes with all fixes applied; none when nothing changes or they cannot be written back.
fn fixed(checked: &Checked, read: &[u8], args: &LintArgs, options: &LintOptions) -> Option<Vec<u8>> {
    let level = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let is_fixable = |report: &Report| {
        let mut fixes = report.diagnostics.iter().filter_map(|diagnostic| diagnostic.fixes.first());
        fixes.any(|fix| fix.safety >= level)
    };
    if !is_fixable(&checked.report) {
        return None;
    }
    let name = &checked.input.name;
    if checked.report.compression != Compression::None {
        complain(&format!("cannot fix {name}: it is compressed; decompress it first"));
        return None;
    }
    let mut bytes = read.to_owned();
    let mut report = checked.report.clone();
    for _ in 0..ROUNDS {
        let (next, applied) = apply_fixes_to_bytes(&bytes, &report.text, &report.diagnostics, level);
        if applied == 0 || next == bytes {
            break;
        }
        bytes = next;
        report = report_on(name, &bytes, &checked.settings, args, options);
    }
    if is_fixable(&report) && std::str::from_utf8(&bytes).is_err() {
        complain(&format!("cannot fix all of {name}: it is not valid UTF-8; convert it first"));
    }
    (bytes != read).then_some(bytes)
}
