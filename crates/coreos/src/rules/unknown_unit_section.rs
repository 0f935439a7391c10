use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::unknown_unit_section;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report_faults;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-unit-section",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unknown_unit_section.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, |file, fault, _| unknown_unit_section(file, fault));
}
