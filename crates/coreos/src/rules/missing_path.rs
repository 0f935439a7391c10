use crate::Target;

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "missing-path",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("missing_path.md"),
    scope: Scope::Absent,
    check,
};

const STOPS: &str = "coreos-cloudinit stops at this file, so later files and all units are not applied";

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let path = file.text("path");
        if file.target() != "/" {
            continue;
        }
        let (span, node) = (file.span_of("path"), file.entry("path").map_or(file.node, |entry| entry.value));
        let message = match path {
            "" => format!("the file has no path: {STOPS}"),
            _ => format!("`{path}` is the root directory: {STOPS}"),
        };
        let finding = context.report(span, message).path_of(node);
        match path {
            "" => finding.help("add the full `path`, starting with `/`"),
            _ => finding.help("write the path of a file"),
        };
    }
}
