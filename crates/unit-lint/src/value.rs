use dryboot_lint::{Severity, nearest};
use dryboot_systemd::check::{Fault, FaultKind};
use dryboot_systemd::directives::Choices;

use crate::{Remark, Systemd, UnitFile, shown};

/// A value that the directive does not take.
#[must_use]
pub fn invalid_directive_value(file: &UnitFile<'_>, fault: &Fault, systemd: &Systemd) -> Option<Remark> {
    let value = fault.span.slice(&file.text).lines().next().unwrap_or_default();
    let mut near = None;
    let (reason, help) = match fault.kind {
        FaultKind::InvalidBoolean { .. } => ("is neither `yes` nor `no`", "write `yes` or `no`".to_owned()),
        FaultKind::InvalidTimeSpan => (
            "is not a time span",
            "write a number of seconds such as `90`, or `5min 20s`, or `infinity`".to_owned(),
        ),
        FaultKind::InvalidAssignment => (
            "is not `NAME=value`",
            "write each variable as `NAME=value`, and quote the whole assignment if it contains spaces"
                .to_owned(),
        ),
        FaultKind::InvalidChoice(choices) => {
            near = nearest(value, choices.words()).map(str::to_owned);
            ("is not a valid value", format!("valid values: {}", listed(choices)))
        }
        _ => return None,
    };
    let (severity, outcome) = match (fault.refuses(systemd.release), &fault.kind) {
        (true, _) => (Severity::Error, "systemd refuses the unit"),
        (false, FaultKind::InvalidAssignment) => (Severity::Warning, "systemd ignores it"),
        (false, _) => (Severity::Warning, "systemd ignores the line"),
    };
    let remark = Remark::new(fault.span, format!("`{}` {reason}: {outcome}", shown(value)));
    Some(remark.severity(severity).help(help).change_to(near))
}

fn listed(choices: Choices) -> String {
    let mut listed = String::new();
    for word in choices.words() {
        let comma = if listed.is_empty() { "" } else { ", " };
        let rest = if word.ends_with(':') { "…" } else { "" };
        listed.push_str(&format!("{comma}`{word}{rest}`"));
    }
    listed
}
