use crate::Target;
use dryboot_systemd::check::FaultKind;
use dryboot_systemd::directives::Choices;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-directive-value",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("invalid_directive_value.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let release = release(document.target);
    for file in context.unit_files().iter() {
        for fault in &file.faults {
            let value = fault.span.slice(file.text).lines().next().unwrap_or_default();
            let mut near = None;
            let (reason, help) = match fault.kind {
                FaultKind::InvalidBoolean { .. } => ("is neither `yes` nor `no`", "write `yes` or `no`".to_owned()),
                FaultKind::InvalidTimeSpan => {
                    ("is no span of time", "write `90`, which is seconds, `5min 20s` or `infinity`".to_owned())
                }
                FaultKind::InvalidAssignment => (
                    "is no `NAME=value`",
                    "write each variable as `NAME=value`, and quotes around the whole when there are blanks in it".to_owned(),
                ),
                FaultKind::InvalidChoice(choices) => {
                    near = nearest(value, choices.words());
                    ("is no such value", format!("systemd takes {}", listed(choices)))
                }
                _ => continue,
            };
            let (severity, outcome) = match (fault.refuses(release), &fault.kind) {
                (true, _) => (Severity::Error, "systemd refuses the unit"),
                (false, FaultKind::InvalidAssignment) => (Severity::Warning, "systemd ignores it"),
                (false, _) => (Severity::Warning, "systemd ignores the line"),
            };
            let finding = context
                .report(file.place(document, fault.span), format!("`{}` {reason}: {outcome}", shown(value)))
                .severity(severity)
                .path_of(file.node)
                .help(help);
            if let (Some(near), Some(span)) = (near, file.exact(document, fault.span)) {
                finding.fix(Safety::Unsafe, format!("change it to `{near}`"), span, near);
            }
        }
    }
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
