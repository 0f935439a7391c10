use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{At, Context, Rule};
use crate::rules::{docs, units};
use crate::shell::name;

pub(crate) static RULE: Rule =
    Rule { name: "shell-in-command", severity: Severity::Warning, docs: docs!("shell_in_command.md"), check };

/// Words that mean something to a shell and nothing to most programs.
const OPERATORS: [&str; 12] = ["|", "||", "&&", "&", ";", ">", ">>", "<", "2>", "2>>", "2>&1", "&>"];

/// Programs to which such a word may be an argument.
const TAKE_OPERATORS: [&str; 27] = [
    "[", "test", "expr", "find", "dpkg", "nft", "tc", "jq", "awk", "gawk", "tmux", "screen", "xargs", "sh",
    "bash", "iptables", "psql", "bc", "grep", "egrep", "cut", "tr", "sort", "sed", "column", "paste",
    "printf",
];

/// Programs that take paths and do not expand them.
const TAKE_PATHS: [&str; 11] =
    ["rm", "chmod", "chown", "chgrp", "cp", "mv", "ls", "cat", "mkdir", "touch", "ln"];

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let items = context.top(key).map(|list| context.items(&list)).unwrap_or_default();
        for item in &items {
            command(context, item);
        }
    }
    units::shell_in_command(context);
}

fn command<'c>(context: &mut Context<'c>, item: &At<'c>) {
    let items = context.items(item);
    let words: Vec<(&str, At<'_>)> =
        items.into_iter().filter_map(|word| Some((context.str(&word)?, word))).collect();
    let is_wrapper = |word: &&(&str, At<'_>)| !["sudo", "env", "nohup"].contains(&name(word.0));
    let Some((program, _)) = words.iter().find(is_wrapper) else { return };
    let program = name(program);
    for (text, at) in words.iter().skip(1) {
        let message = if OPERATORS.contains(text) && !TAKE_OPERATORS.contains(&program) {
            format!("no shell reads a list: `{program}` gets `{text}` as an argument")
        } else if TAKE_PATHS.contains(&program) && is_expanded(text) {
            format!("no shell reads a list: `{program}` gets this word unexpanded")
        } else {
            continue;
        };
        let span = context.first_line(at);
        let finding = context.report(span, message).path(at.path);
        finding.help("write the command as a string, or as `[sh, -c, '…']`");
        return;
    }
}

/// Whether a shell would make a path of it.
fn is_expanded(word: &str) -> bool {
    let is_path = word.starts_with('/') || word.starts_with("./");
    (is_path && word.contains('*')) || word.starts_with("~/") || word.starts_with("$HOME/") || word == "$HOME"
}
