use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::shell_in_command;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report;

pub(crate) static RULE: Rule = Rule {
    name: "shell-in-command",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("shell_in_command.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        let mut last_line = None;
        for remark in file.faults.iter().filter_map(|fault| shell_in_command(file, fault)) {
            // One finding for each line is enough.
            let line = document.lines.line(file.place(document, remark.span).start);
            if last_line.replace(line) != Some(line) {
                report(context, file, remark);
            }
        }
    }
}
