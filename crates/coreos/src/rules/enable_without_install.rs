use crate::Target;
use dryboot_systemd::file::{LineKind, can_be_enabled, lines};

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "enable-without-install",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("enable_without_install.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        let content = unit.text("content");
        let asked = unit.flag("enable") && !unit.is_network() && !unit.flag("mask");
        // A text without any section is a finding of its own.
        let release = release(document.target);
        let is_unit = lines(content, release).any(|line| matches!(line.kind, LineKind::Section(_)));
        // Drop-ins count, since release 236.
        let drop_ins = unit.drop_ins().filter(|drop_in| drop_in.name().ends_with(".conf"));
        let mut texts = [content].into_iter().chain(drop_ins.map(|drop_in| drop_in.text("content")));
        if unit.name().is_empty() || !asked || !is_unit || texts.any(|text| can_be_enabled(text, release)) {
            continue;
        }
        let (Some(span), Some(node)) = (unit.entry(document, "enable"), unit.node("enable")) else {
            continue;
        };
        let help = match unit.text("command") {
            "start" | "restart" | "reload-or-restart" => {
                "`command` still starts it at every boot; remove `enable`, or add an `[Install]` section"
            }
            _ => "add `[Install]` with `WantedBy=multi-user.target`, or use `command: start`",
        };
        context
            .report(span, "enabling has no effect: the unit has no `[Install]` section")
            .path_of(node)
            .help(help);
    }
}
