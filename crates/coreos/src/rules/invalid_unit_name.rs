use crate::Target;
use dryboot_systemd::name::{Fault, fault, path_fault};

use crate::lint::context::Context;
use crate::lint::parts::{first_line, has_variable, shown, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-unit-name",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("invalid_unit_name.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        let (name, Some(node)) = (unit.name(), unit.node("name")) else { continue };
        if name.is_empty() || has_variable(name) {
            continue;
        }
        // systemd-networkd takes any file name with the right suffix.
        let fault = if unit.is_network() { path_fault(name) } else { fault(name) };
        let (severity, message, help) = match fault {
            None | Some(Fault::NoSuffix | Fault::UnknownSuffix(_)) => continue,
            Some(Fault::NoPrefix) => (
                Severity::Error,
                "systemd refuses this unit: there is no name before the suffix".to_owned(),
                "give the full name, such as `app.service`",
            ),
            Some(Fault::Character(char)) => (
                Severity::Error,
                format!("systemd refuses this unit: unit names cannot contain `{}`", char.escape_debug()),
                "use letters, digits and `:-_.@`; `systemd-escape` escapes others, as in `\\x20`",
            ),
            Some(Fault::TooLong) => (
                Severity::Error,
                "systemd refuses this unit: its name is longer than 255 bytes".to_owned(),
                "choose a shorter name",
            ),
            Some(Fault::Absolute) => (
                Severity::Error,
                "systemd does not find this unit: the path is relative to systemd's own directory".to_owned(),
                "write only the file name",
            ),
            Some(Fault::Parent) => (
                Severity::Warning,
                "`..` in a unit name leads out of systemd's directory".to_owned(),
                "write files elsewhere with `write_files`",
            ),
            Some(Fault::DropIn) => (
                Severity::Info,
                format!("`{}` is written as a drop-in; `drop_ins` makes that clearer", shown(name)),
                "name the unit itself, and put this under its `drop_ins`",
            ),
            Some(Fault::Directory) => (
                Severity::Error,
                "systemd does not read the directory that this unit is written to".to_owned(),
                "write only the file name; drop-ins belong under `drop_ins`",
            ),
        };
        let asks = !unit.is_network() && (unit.flag("enable") || !unit.text("command").is_empty());
        let span = first_line(document, node);
        let finding = if asks && severity != Severity::Error {
            let message = "systemd refuses to start or enable a path, and coreos-cloudinit stops there";
            context.report(span, message).severity(Severity::Error)
        } else {
            context.report(span, message).severity(severity)
        };
        finding.path_of(node).help(help);
    }
}
