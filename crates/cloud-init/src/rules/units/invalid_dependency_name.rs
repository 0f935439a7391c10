use dryboot_lint::Severity;
use dryboot_unit_lint::invalid_dependency_name;

use super::report_faults;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-dependency-name",
    severity: Severity::Warning,
    docs: docs!("invalid_dependency_name.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, |file, fault, _| invalid_dependency_name(file, fault));
}
