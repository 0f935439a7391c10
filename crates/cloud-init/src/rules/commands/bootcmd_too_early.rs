use std::collections::{HashMap, HashSet};

use dryboot_lint::Severity;
use dryboot_yaml::Span;

use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;
use crate::rules::files::new_accounts;
use crate::shell::Command;

pub(crate) static RULE: Rule = Rule {
    name: "bootcmd-too-early",
    severity: Severity::Warning,
    docs: docs!("bootcmd_too_early.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "bootcmd");
    if script.commands.is_empty() {
        return;
    }
    accounts(context, &script);
    let files = File::all(context);
    let files: HashMap<&str, &File<'_>> = files.iter().map(|file| (file.target.as_str(), file)).collect();
    let made: HashSet<&str> = script.commands.iter().flat_map(|step| made(&step.command)).collect();
    for step in script.commands.iter().filter(|step| !step.command.is_conditional()) {
        let Some(run) = run(&step.command) else { continue };
        let Some(file) = files.get(run) else { continue };
        if made.contains(run) {
            continue;
        }
        let range = step.command.span();
        let (span, written) = (script.span(context, &range), file.path_span(context));
        let message =
            format!("`bootcmd` runs before `write_files`: at the first boot, `{run}` does not exist yet");
        let finding = context.report(span, message).path(script.path(&range));
        finding.label(written, "the file is written later").help("use `runcmd`");
    }
}

/// Commands about accounts that `users` makes later.
fn accounts(context: &mut Context<'_>, script: &Script) {
    let accounts: HashMap<&str, Span> = new_accounts(context).into_iter().collect();
    for step in script.commands.iter().filter(|step| !step.command.is_conditional()) {
        if !matches!(step.command.program(), "chown" | "su" | "usermod" | "gpasswd" | "chpasswd") {
            continue;
        }
        let named = step
            .command
            .arguments()
            .flat_map(|word| word.split(':'))
            .find_map(|word| accounts.get_key_value(word));
        let Some((account, place)) = named else { continue };
        let range = step.command.span();
        let span = script.span(context, &range);
        let message = format!(
            "`bootcmd` runs before accounts are created: at the first boot, `{account}` does not exist yet"
        );
        let finding = context.report(span, message).path(script.path(&range));
        finding.label(*place, "the account is created later").help("use `runcmd`");
    }
}

/// The files that a command may make.
fn made(command: &Command) -> impl Iterator<Item = &str> {
    let copies = matches!(command.program(), "cp" | "mv" | "ln" | "curl" | "wget" | "install");
    let arguments = command.arguments().filter(move |_| copies);
    command.redirects.iter().map(|redirect| redirect.target.text.as_str()).chain(arguments)
}

/// The script that a command runs.
fn run(command: &Command) -> Option<&str> {
    let program = command.invoked().first()?;
    match command.program() {
        "sh" | "bash" | "dash" | "source" | "." | "python3" | "python" => {
            let file = command.arguments().find(|word| !word.starts_with('-'))?;
            (!command.has_letter('c')).then_some(file)
        }
        _ => Some(program.text.as_str()),
    }
    // Files of the system are there before they are replaced.
    .filter(|path| path.starts_with('/') && !path.starts_with("/etc/"))
}
