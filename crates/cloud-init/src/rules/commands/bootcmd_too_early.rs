use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;
use crate::shell::Command;

pub(crate) static RULE: Rule = Rule {
    name: "bootcmd-too-early",
    severity: Severity::Warning,
    docs: docs!("bootcmd_too_early.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "bootcmd");
    let files = File::all(context);
    for step in script.commands.iter().filter(|step| !step.command.is_conditional()) {
        let Some(run) = run(&step.command) else { continue };
        let Some(file) = files.iter().find(|file| file.target == run) else { continue };
        let made_before = script.commands.iter().any(|other| {
            other.command.redirects.iter().any(|redirect| redirect.target.text == run)
                || (matches!(other.command.program(), "cp" | "mv" | "ln" | "curl" | "wget" | "install")
                    && other.command.has(&[run]))
        });
        if made_before {
            continue;
        }
        let range = step.command.span();
        let (span, written) = (script.span(context, &range), file.path_span(context));
        let message = format!("`bootcmd` runs before `write_files`: at the first boot, there is no `{run}`");
        let finding = context.report(span, message).path(script.path(&range));
        finding.label(written, "the file is written after it").help("use `runcmd`");
    }
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
    .filter(|path| path.starts_with('/'))
}
