use crate::Target;
use dryboot_systemd::check::{Fault, FaultKind};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "incomplete-unit",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("incomplete_unit.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let (document, places) = (context.document, context.places);
    for file in context.unit_files().iter() {
        let Some(fault) = &file.whole else { continue };
        let (missing, help) = match fault.kind {
            FaultKind::NoCommand => ("the service has no `ExecStart=`", "say under `[Service]` what it runs"),
            FaultKind::NoExecStart => (
                "the service has no `ExecStart=`",
                "without one, a service has to have `Type=oneshot` and `RemainAfterExit=yes`",
            ),
            FaultKind::NoBusName => (
                "the service has `Type=dbus` without `BusName=`",
                "give the name that it takes on the bus, or another type",
            ),
            FaultKind::NoListen => (
                "the socket has nothing to listen on",
                "say so under `[Socket]`, such as `ListenStream=2375`",
            ),
            FaultKind::NoTrigger => (
                "nothing ever triggers this unit",
                "say when: `OnBootSec=` or `OnCalendar=` for a timer, `PathExists=` and its like for a path",
            ),
            FaultKind::NoWhat => ("there is no `What=`", "say what is mounted, such as a device"),
            _ => continue,
        };
        // Lines outside of sections are an error of their own.
        let is_outside = |fault: &Fault| matches!(fault.kind, FaultKind::OutsideSection);
        if file.faults.iter().any(is_outside) {
            continue;
        }
        let help = if file.has_ignored_lines() {
            "systemd ignores a line that is meant to say so, perhaps"
        } else {
            help
        };
        let span = file.origin.head(document, places);
        context.report(span, format!("{missing}: systemd refuses the unit")).path_of(file.node).help(help);
    }
}
