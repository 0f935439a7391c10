use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::{Command, Joint};

pub(crate) static RULE: Rule =
    Rule { name: "endless-command", severity: Severity::Warning, docs: docs!("endless_command.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        for step in script.commands.iter().filter(|step| is_endless(&step.command)) {
            let range = step.command.span();
            let span = script.span(context, &range);
            let message = "this command never finishes: cloud-init waits for it, and nothing after it runs";
            let finding = context.report(span, message).path(script.path(&range));
            finding.help("run it as a service, or in the background");
        }
    }
}

fn is_endless(command: &Command) -> bool {
    let runs_on = matches!(command.after, Joint::End | Joint::And | Joint::Or);
    let is_limited = command.words.iter().any(|word| word.text == "timeout");
    let follows = command.has_letter('f') || command.has_letter('F') || command.has(&["--follow"]);
    let is_detached = command.has(&["-d", "--detach", "--wait", "--no-start", "--abort-on-container-exit"]);
    let is_compose = match command.program() {
        "docker-compose" => true,
        "docker" => command.has(&["compose"]),
        _ => false,
    };
    let does_not_end = match command.program() {
        "tail" => follows && !command.arguments().any(|word| word.starts_with("--pid")),
        "journalctl" => follows && !command.has(&["--no-follow"]) && !command.has(&["--flush", "--vacuum"]),
        "watch" => true,
        "sleep" => command.has(&["infinity", "inf"]),
        _ => is_compose && command.has(&["up"]) && !is_detached && !command.has_letter('d'),
    };
    runs_on && !command.is_nested && !is_limited && does_not_end
}
