use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::{Suggestions, unknown_directive};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report_faults;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-directive",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unknown_directive.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let mut suggestions = Suggestions::default();
    report_faults(context, |file, fault, systemd| unknown_directive(file, fault, systemd, &mut suggestions));
}
