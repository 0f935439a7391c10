use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "world-writable-file",
    severity: Severity::Warning,
    docs: docs!("world_writable_file.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "permissions") else { continue };
        // What is misread as a decimal number is another rule's.
        let Some(_) = context.str(&at).filter(|_| file.mode(context) & 0o002 != 0) else { continue };
        let span = context.first_line(&at);
        let mode = file.mode(context);
        let message = format!("every user of the machine can change a file with mode {mode:04o}");
        let finding = context.report(span, message).path(at.path);
        finding.help("write `0644` for data, `0755` for programs");
    }
}
