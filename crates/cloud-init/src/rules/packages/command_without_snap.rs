use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::Span;

use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "command-without-snap",
    severity: Severity::Error,
    docs: docs!("command_without_snap.md"),
    check,
};

/// What `snap` can be told to do, as far as no other program has the name or is meant by it.
const VERBS: [&str; 12] = [
    "install",
    "remove",
    "refresh",
    "connect",
    "disconnect",
    "alias",
    "unalias",
    "set",
    "unset",
    "enable",
    "disable",
    "hold",
];

fn check(context: &mut Context<'_>) {
    let Some(commands) = context.top("snap").and_then(|snap| context.get(&snap, "commands")) else { return };
    let items: Vec<At<'_>> = match context.value(commands.value) {
        Value::Map(_) => context.entries(&commands).into_iter().map(|(_, at)| at).collect(),
        _ => context.items(&commands),
    };
    for at in items {
        let Some(text) = context.str(&at) else { continue };
        let verb = text.split_whitespace().next().unwrap_or_default();
        if !VERBS.contains(&verb) {
            continue;
        }
        let span = context.first_line(&at);
        let verbatim = context.verbatim(&at);
        let message =
            format!("cloud-init only adds `snap` to lists: here, the shell runs the program `{verb}`");
        let finding = context.report(span, message).path(at.path).help(format!("write `snap {verb} …`"));
        if let Some(span) = verbatim {
            finding.fix(Safety::Safe, "add `snap` before it", Span::empty(span.start), "snap ");
        }
    }
}
