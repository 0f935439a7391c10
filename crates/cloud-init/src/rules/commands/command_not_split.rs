use dryboot_lint::{Safety, Severity};

use super::SCRIPTS;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "command-not-split", severity: Severity::Error, docs: docs!("command_not_split.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let items = context.top(key).map(|list| context.items(&list)).unwrap_or_default();
        for item in &items {
            let words = context.items(item);
            let Some(first) = words.first() else { continue };
            if let Some(text) = context.str(first).filter(|text| is_several(text)) {
                report(context, item, first, text, words.len() == 1);
            }
        }
    }
}

/// Whether it is a program with arguments. A path may contain spaces.
fn is_several(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let program = words.next().unwrap_or_default();
    let is_program = program.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.+/".contains(&byte));
    let second = words.next();
    let may_be_path = program.contains('/') && !second.is_some_and(|word| word.starts_with(['-', '/']));
    second.is_some() && !program.is_empty() && is_program && !may_be_path
}

fn report<'c>(context: &mut Context<'c>, item: &At<'c>, first: &At<'c>, text: &str, is_alone: bool) {
    let program = text.split_whitespace().next().unwrap_or_default().to_owned();
    let span = context.first_line(first);
    let whole = context.span(item);
    let node = context.tree().map(|tree| tree.node(item.value));
    let is_bare = node.is_some_and(|node| node.flow && node.anchor.is_none() && node.tag.is_none());
    let written = whole.slice(context.read);
    let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::trim);
    let inner = inner.filter(|_| is_alone && is_bare).map(|inner| inner.trim_end_matches(',').to_owned());
    let message = format!(
        "the first item of a list is the name of the program, including its spaces: no program has this \
         name, so `{program}` does not run"
    );
    let finding = context.report(span, message).path(item.path);
    let finding = finding.help(match is_alone {
        true => "remove the brackets, or make each word an item of its own",
        false => "make each word an item of its own",
    });
    if let Some(inner) = inner.filter(|inner| !inner.contains(['\n', '#'])) {
        finding.fix(Safety::Unsafe, "remove the brackets", whole, inner);
    }
}
