use dryboot_lint::{Safety, Severity};

use super::added;
use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;
use crate::shell::name;

pub(crate) static RULE: Rule = Rule {
    name: "script-not-executable",
    severity: Severity::Error,
    docs: docs!("script_not_executable.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "runcmd");
    for file in File::all(context) {
        if file.mode(context) & 0o111 != 0 {
            continue;
        }
        let run = script.commands.iter().find_map(|step| {
            let program = step.command.invoked().first()?;
            (program.text == file.target).then(|| program.span.clone())
        });
        let Some(range) = run else { continue };
        // Whatever changes modes may be about this file, too.
        let is_changed = ["chmod", "install", "setfacl"]
            .iter()
            .any(|tool| script.commands.iter().any(|step| name(step.command.program()) == *tool))
            || script.mentions("chmod");
        if is_changed || file.appends {
            continue;
        }
        let span = script.span(context, &range);
        let mode = file.mode(context);
        let place = file.path_span(context);
        let added = added(context, &file.at, "path", "permissions", "'0755'");
        let message =
            format!("`{}` has the mode {mode:04o} and cannot be run: permission denied", file.target);
        let finding = context.report(span, message).path(script.path(&range));
        let finding = finding.label(place, "written here").help("add `permissions: '0755'` to the file");
        if let Some((span, text)) = added {
            finding.fix(Safety::Safe, "add `permissions: '0755'`", span, text);
        }
    }
}
