use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::Origin;
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "unread-network-file",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unread_network_file.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    // Network units under `coreos.units` make coreos-cloudinit restart systemd-networkd.
    let is_restarted = units(document).any(|unit| {
        let command = unit.text("command");
        unit.is_network()
            || (unit.name() == "systemd-networkd.service" && !command.is_empty() && command != "stop")
    });
    if is_restarted {
        return;
    }
    for file in context.unit_files().iter().filter(|file| file.is_network()) {
        let Origin::File(written) = &file.origin else { continue };
        context
            .report(
                written.span_of("path"),
                "systemd-networkd reads its files before this one is written: it takes effect at the next \
                 boot",
            )
            .path_of(file.node)
            .help(
                "write it under `coreos.units`, which restarts systemd-networkd, or add \
                `systemd-networkd.service` there with `command: restart`",
            );
    }
}
