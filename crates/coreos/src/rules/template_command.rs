use crate::Target;
use dryboot_systemd::name::is_template;

use crate::lint::context::Context;
use crate::lint::parts::{shown, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "template-command",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("template_command.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        let (name, command) = (unit.name(), unit.text("command"));
        if unit.is_network() || command.is_empty() || !is_template(name) {
            continue;
        }
        let (Some(span), Some(node)) = (unit.entry(document, "command"), unit.node("command")) else {
            continue;
        };
        let message = format!("`{}` is a template: systemd refuses to {} it", shown(name), shown(command));
        let instance = name.replacen('@', "@one", 1);
        context.report(span, message).path_of(node).help(format!(
            "coreos-cloudinit stops there; put the command on an instance, such as `{}`",
            shown(&instance)
        ));
    }
}
