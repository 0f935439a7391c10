use dryboot_lint::Severity;
use dryboot_systemd::check::FaultKind;
use dryboot_unit_lint::{Suggestions, unknown_directive};

use super::report_faults;
use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::target::Distribution;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-directive",
    severity: Severity::Warning,
    docs: docs!("unknown_directive.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let is_plain = context.distribution().is_none_or(Distribution::has_plain_systemd);
    let mut suggestions = Suggestions::default();
    report_faults(context, |file, fault, systemd| {
        // A systemd with patches may know what came later.
        let holds = is_plain || !matches!(fault.kind, FaultKind::FutureDirective(_));
        holds.then(|| unknown_directive(file, fault, systemd, &mut suggestions))?
    });
}
