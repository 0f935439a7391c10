use crate::Target;
use dryboot_systemd::check::FaultKind;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

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
        for fault in file.faults.iter().filter(|fault| fault.kind == FaultKind::ShellSyntax) {
            let span = file.place(document, fault.span);
            // One finding for each line is enough.
            let line = document.lines.line(span.start);
            if last_line.replace(line) == Some(line) {
                continue;
            }
            let word = shown(fault.span.slice(file.text).lines().next().unwrap_or_default());
            context
                .report(
                    span,
                    format!("systemd runs no shell: `{word}` is passed to the program as it stands"),
                )
                .path_of(file.node)
                .help("write `/bin/sh -c '…'` around the commands, or give each a line of its own");
        }
    }
}
