use dryboot_lint::Severity;
use dryboot_systemd::Span;
use dryboot_systemd::check::{Fault, FaultKind};

use crate::{Remark, Systemd, UnitFile, shown};

/// A command that systemd does not take.
#[must_use]
pub fn refused_command(file: &UnitFile<'_>, fault: &Fault, systemd: &Systemd) -> Option<Remark> {
    const FULL_PATH: &str = "write the full path of the program";
    let written = fault.span.slice(&file.text);
    let program = written.trim_start_matches(['-', '@', '+', '!', ':']);
    let (reason, help) = match fault.kind {
        FaultKind::RelativeCommand { .. } => {
            (format!("`{}` is not an absolute path", shown(program)), FULL_PATH)
        }
        FaultKind::EmptyCommand { .. } => ("there is no program after the prefix".to_owned(), FULL_PATH),
        FaultKind::DirectoryCommand { .. } => (format!("`{}` is a directory", shown(program)), FULL_PATH),
        FaultKind::UnbalancedQuotes => (
            "this quote is never closed".to_owned(),
            "close it, or write `\\'` or `\\\"` for a literal quote",
        ),
        _ => return None,
    };
    let (severity, outcome) = match fault.refuses(systemd.release) {
        true => (Severity::Error, format!("systemd refuses the {}", file.what())),
        false => (Severity::Warning, "systemd ignores the line".to_owned()),
    };
    let remark = Remark::new(fault.span, format!("{reason}: {outcome}")).severity(severity).help(help);
    // Most programs are there; of a path, the place that is meant is not known.
    let is_name = !program.is_empty()
        && program.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char));
    if !is_name || !matches!(fault.kind, FaultKind::RelativeCommand { .. }) {
        return Some(remark);
    }
    let path = format!("/usr/bin/{program}");
    let at_program = Span::new(fault.span.end - program.len(), fault.span.end);
    Some(remark.change(format!("change it to `{path}`"), at_program, path))
}

/// A word that means something to a shell, and systemd runs none. One for each line is enough.
#[must_use]
pub fn shell_in_command(file: &UnitFile<'_>, fault: &Fault) -> Option<Remark> {
    if fault.kind != FaultKind::ShellSyntax {
        return None;
    }
    let word = shown(fault.span.slice(&file.text).lines().next().unwrap_or_default());
    let message = format!("systemd does not use a shell: `{word}` is passed to the program as an argument");
    let help = "put the commands into `/bin/sh -c '…'`, or write each on its own line";
    Some(Remark::new(fault.span, message).help(help))
}
