use crate::Target;

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "world-writable-file",
    severity: Severity::Info,
    targets: &Target::ALL,
    docs: docs!("world_writable_file.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let Some(mode) = file.mode().filter(|mode| mode & 0o002 != 0) else { continue };
        let better = mode & 0o755;
        let message = format!("with mode {:04o} every user of the machine can change the file", mode & 0o777);
        let node = file.value("permissions").unwrap_or(file.node);
        let finding = context.report(file.span_of("permissions"), message).path_of(node);
        finding.help(format!("`{better:04o}` lets only the owner change it"));
    }
}
