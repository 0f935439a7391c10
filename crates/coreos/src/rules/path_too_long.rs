use crate::linux_path::{LONGEST_NAME, LONGEST_PATH, TEMPORARY_NAME, TooLong, too_long};
use crate::{Target, go_path};
use dryboot_systemd::name::{Fault, fault};
use dryboot_yaml::{NodeId, Span};

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::parts::{first_line, unit_path, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "path-too-long",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("path_too_long.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let node = file.value("path").unwrap_or(file.node);
        judge(context, &file.target(), file.span_of("path"), node, "later files and all units");
    }
    let document = context.document;
    for unit in units(document).filter(|unit| !unit.name().is_empty()) {
        // systemd refuses a unit by such a name, which another rule says.
        let is_refused = !unit.is_network() && fault(unit.name()) == Some(Fault::TooLong);
        let path = unit_path(unit);
        if let Some(node) = unit.node("name").filter(|_| unit.has_content() && !is_refused) {
            judge(context, &path, first_line(document, node), node, REST);
        }
        for drop_in in unit.drop_ins().filter(|part| !part.name().is_empty() && part.has_content()) {
            let path = go_path::clean(&format!("{path}.d/{}", drop_in.name()));
            let Some(node) = drop_in.node("name") else { continue };
            judge(context, &path, first_line(document, node), node, REST);
        }
    }
}

/// What is not applied after a unit that cannot be written.
const REST: &str = "later units and all their commands";

fn judge(context: &mut Context<'_>, path: &str, span: Span, node: NodeId, rest: &str) {
    let directory = path.rfind('/').unwrap_or_default();
    let what = match too_long(path) {
        Some(TooLong::Name(name)) => {
            format!(
                "a name in the path is {} bytes long, but Linux allows at most {LONGEST_NAME}",
                name.len()
            )
        }
        Some(TooLong::Path) => {
            format!("the path is {} bytes long, but Linux allows at most {LONGEST_PATH}", path.len())
        }
        None if directory + 1 + TEMPORARY_NAME > LONGEST_PATH => format!(
            "with its temporary file, the path is longer than the {LONGEST_PATH} bytes that Linux allows"
        ),
        None => return,
    };
    let message = format!("{what}: coreos-cloudinit stops here, so {rest} are not applied");
    context.report(span, message).path_of(node).help("choose a shorter path");
}
