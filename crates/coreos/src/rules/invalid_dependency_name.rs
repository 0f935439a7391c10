use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::invalid_dependency_name;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report_faults;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-dependency-name",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("invalid_dependency_name.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, |file, fault, _| invalid_dependency_name(file, fault));
}
