use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::{Command, name};

pub(crate) static RULE: Rule =
    Rule { name: "needless-sudo", severity: Severity::Info, docs: docs!("needless_sudo.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        let needless: Vec<&Command> =
            script.commands.iter().map(|step| &step.command).filter(|command| is_needless(command)).collect();
        let Some(first) = needless.first() else { continue };
        let range = first.words[0].span.clone();
        let span = script.span(context, &range);
        let others = match needless.len() {
            1 => String::new(),
            count => format!(" (here and in {} more)", count - 1),
        };
        let message = format!("the commands in `{key}` already run as root{others}");
        let finding = context.report(span, message).path(script.path(&range));
        finding.help("remove `sudo`: minimal images do not have it");
    }
}

/// `sudo` without another user, a login or an environment.
fn is_needless(command: &Command) -> bool {
    let [first, second, ..] = &command.words[..] else { return false };
    name(&first.text) == "sudo" && !second.text.starts_with('-')
}
