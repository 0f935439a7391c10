use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::refused_command;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report_faults;

pub(crate) static RULE: Rule = Rule {
    name: "refused-command",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("refused_command.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    report_faults(context, refused_command);
}
