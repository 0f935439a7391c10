use dryboot_lint::Severity;
use dryboot_schema::Value;

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "reboot-twice", severity: Severity::Info, docs: docs!("reboot_twice.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(power_state) = context.top("power_state") else { return };
    let Some(reboot) = context.top("package_reboot_if_required") else { return };
    if matches!(context.value(reboot.value), Value::Bool(true)) {
        let (span, label) = (context.key_span(&power_state), context.key_span(&reboot));
        let message = "this does not happen if packages ask for a reboot: the machine reboots first";
        let finding = context.report(span, message).path("power_state");
        finding.label(label, "this reboots earlier").help("keep one of the two");
    }
}
