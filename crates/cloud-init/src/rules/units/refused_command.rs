use dryboot_lint::Severity;
use dryboot_unit_lint::refused_command;

use super::report_faults;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "refused-command", severity: Severity::Error, docs: docs!("refused_command.md"), check };

fn check(context: &mut Context<'_>) {
    report_faults(context, refused_command);
}
