use dryboot_lint::Severity;
use dryboot_unit_lint::oneshot_restart;

use super::report_wholes;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "oneshot-restart", severity: Severity::Error, docs: docs!("oneshot_restart.md"), check };

fn check(context: &mut Context<'_>) {
    report_wholes(context, oneshot_restart);
}
