use dryboot_lint::Severity;

use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Command;

pub(super) static RULE: Rule = Rule {
    name: "hostname-by-command",
    severity: Severity::Info,
    docs: docs!("hostname_by_command.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "runcmd");
    for step in script.commands.iter().filter(|step| !step.command.is_conditional()) {
        let Some(name) = sets_to(&step.command) else { continue };
        let range = step.command.span();
        let span = script.span(context, &range);
        let message = "services that are already running, and `/etc/hosts`, keep the old name";
        let help = match name.contains(['$', '`']) {
            true => "use the key `hostname`, with `## template: jinja` where the name depends on the machine"
                .to_owned(),
            false => format!("use the key `hostname: {name}`, which is set before anything reads it"),
        };
        context.report(span, message).path(script.path(&range)).help(help);
    }
}

/// The name that a command gives to the machine.
fn sets_to(command: &Command) -> Option<&str> {
    let mut operands = command.arguments().filter(|word| !word.starts_with('-'));
    match command.program() {
        "hostnamectl" if matches!(operands.next(), Some("set-hostname" | "hostname")) => operands.next(),
        "hostname" => operands.next(),
        _ => None,
    }
}
