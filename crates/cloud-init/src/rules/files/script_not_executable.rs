use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dryboot_lint::{Safety, Severity};

use super::added;
use crate::lint::{Context, File, Rule, Script, Step};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "script-not-executable",
    severity: Severity::Error,
    docs: docs!("script_not_executable.md"),
    check,
};

fn check<'c>(context: &mut Context<'c>) {
    let files = File::all(context);
    let is_program = |file: &&File<'c>| file.mode(context) & 0o111 != 0;
    let programs: HashSet<&str> = files.iter().filter(is_program).map(|file| file.target.as_str()).collect();
    let is_no_program = |file: &&File<'c>| !programs.contains(file.target.as_str()) && !file.appends;
    let others: Vec<&File<'c>> = files.iter().filter(is_no_program).collect();
    if others.is_empty() {
        return;
    }
    let script = Script::of(context, "runcmd");
    // Whatever changes modes may be about any of the files.
    let changes = |step: &Step| matches!(step.command.program(), "chmod" | "install" | "setfacl");
    if script.commands.iter().any(changes) || script.mentions("chmod") {
        return;
    }
    let mut run: HashMap<&str, Range<usize>> = HashMap::new();
    for program in script.commands.iter().filter_map(|step| step.command.invoked().first()) {
        run.entry(&program.text).or_insert_with(|| program.span.clone());
    }
    for file in others {
        let Some(range) = run.get(file.target.as_str()) else { continue };
        let span = script.span(context, range);
        let mode = file.mode(context);
        let place = file.path_span(context);
        let added = added(context, &file.at, "path", "permissions", "'0755'");
        let message = format!("`{}` has mode {mode:04o}, so it does not run: permission denied", file.target);
        let finding = context.report(span, message).path(script.path(range));
        let finding = finding.label(place, "written here").help("add `permissions: '0755'` to the file");
        if let Some((span, text)) = added {
            finding.fix(Safety::Safe, "add `permissions: '0755'`", span, text);
        }
    }
}
