use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::{removal, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "ignored-network-command",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("ignored_network_command.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document).filter(|unit| unit.is_network()) {
        for (key, is_set) in [("command", !unit.text("command").is_empty()), ("enable", unit.flag("enable"))]
        {
            let (Some(span), Some(node)) = (unit.entry(document, key), unit.node(key)) else { continue };
            if !is_set {
                continue;
            }
            let message =
                format!("`{key}` is ignored for network units: systemd-networkd is restarted anyway");
            let written = unit.decoded.get(key).and_then(|field| field.key);
            let removal = written.and_then(|written| removal(document, written, node));
            let finding = context.report(span, message).path_of(node);
            match removal {
                Some(edit) => {
                    finding.fix_all(Safety::Unsafe, format!("remove `{key}`"), vec![edit]);
                }
                None => {
                    finding.help(format!("remove `{key}`"));
                }
            }
        }
    }
}
