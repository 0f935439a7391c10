use dryboot_lint::Severity;
use dryboot_unit_lint::unknown_unit_section;

use super::report_faults;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-unit-section",
    severity: Severity::Warning,
    docs: docs!("unknown_unit_section.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, |file, fault, _| unknown_unit_section(file, fault));
}
