use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::{Part, shown, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "unit-does-nothing",
    severity: Severity::Info,
    targets: &Target::ALL,
    docs: docs!("unit_does_nothing.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        // Findings about keys that are unknown or of the wrong type say why already.
        if unit.name().is_empty() || acts(unit) || unit.has_unusable(document, None) {
            continue;
        }
        let Some(node) = unit.field.node else { continue };
        let span = unit.head(document, context.places);
        let message = format!("nothing happens to `{}`: it is only named here", shown(unit.name()));
        context.report(span, message).path_of(node).help(
            "say what should happen: `command: start`, `enable: true`, `mask: true`, `content` or `drop_ins`",
        );
    }
}

/// Even the name alone of a network unit restarts systemd-networkd, and `runtime` alone unmasks.
fn acts(unit: Part<'_>) -> bool {
    let flags = ["mask", "enable", "runtime"];
    unit.is_network()
        || unit.has_content()
        || flags.into_iter().any(|flag| unit.flag(flag))
        || !unit.text("command").is_empty()
        || !unit.decoded.list("drop_ins").is_empty()
}
