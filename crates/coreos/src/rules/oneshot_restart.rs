use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::oneshot_restart;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{report, systemd};

pub(crate) static RULE: Rule = Rule {
    name: "oneshot-restart",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("oneshot_restart.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let systemd = systemd(context.document.target);
    for file in context.unit_files().iter() {
        if let Some(remark) = oneshot_restart(file, &systemd) {
            report(context, file, remark);
        }
    }
}
