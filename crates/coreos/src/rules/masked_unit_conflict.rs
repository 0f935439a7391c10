use crate::Target;
use crate::schema::UNIT_COMMANDS;

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "masked-unit-conflict",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("masked_unit_conflict.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document).filter(|unit| unit.flag("mask") && !unit.name().is_empty()) {
        let Some(mask) = unit.entry(document, "mask") else { continue };
        let command = unit.text("command");
        // A masked unit can be stopped, and often is. Network units are not systemd's to refuse.
        let asks = !unit.is_network() && command != "stop" && UNIT_COMMANDS.contains(&command);
        let enables = !unit.is_network() && unit.flag("enable");
        let drops_in = unit.drop_ins().any(|drop_in| !drop_in.name().is_empty() && drop_in.has_content());
        let stops = "coreos-cloudinit stops there";
        let conflicts = [
            (
                "content",
                unit.has_content(),
                Severity::Warning,
                "the content is lost: masking replaces the unit's file with a link".to_owned(),
            ),
            (
                "drop_ins",
                drops_in,
                Severity::Warning,
                "the drop-ins have no effect: the unit is masked".to_owned(),
            ),
            (
                "enable",
                enables,
                Severity::Error,
                format!("systemd refuses to enable a masked unit, and {stops}"),
            ),
            (
                "command",
                asks,
                Severity::Error,
                format!("systemd refuses to {command} a masked unit, and {stops}"),
            ),
        ];
        for (key, is_set, severity, message) in conflicts {
            let (true, Some(span), Some(node)) = (is_set, unit.entry(document, key), unit.node(key)) else {
                continue;
            };
            context
                .report(span, message)
                .severity(severity)
                .path_of(node)
                .help(format!("remove `{key}`, or `mask`"))
                .label(mask, "masked here");
        }
    }
}
