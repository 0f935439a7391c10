use dryboot_lint::Severity;
use dryboot_unit_lint::invalid_directive_value;

use super::report_faults;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-directive-value",
    severity: Severity::Warning,
    docs: docs!("invalid_directive_value.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, invalid_directive_value);
}
