use dryboot_lint::{Severity, nearest};
use dryboot_schema::Value;

use crate::lint::{At, Context, Rule, joined};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-merge-how", severity: Severity::Error, docs: docs!("invalid_merge_how.md"), check };

/// The mergers, and the words that each takes.
const MERGERS: [(&str, &[&str]); 3] = [
    (
        "dict",
        &[
            "no_replace",
            "replace",
            "allow_delete",
            "recurse_str",
            "recurse_list",
            "recurse_array",
            "recurse_dict",
        ],
    ),
    (
        "list",
        &[
            "replace",
            "append",
            "prepend",
            "no_replace",
            "recurse_str",
            "recurse_list",
            "recurse_array",
            "recurse_dict",
        ],
    ),
    ("str", &["append", "replace", "no_replace"]),
];

fn check(context: &mut Context<'_>) {
    for key in ["merge_how", "merge_type"] {
        let Some(at) = context.top(key) else { continue };
        match context.value(at.value) {
            Value::Str(text) => {
                for fault in text.split('+').filter_map(|piece| fault_of(piece.trim())) {
                    report(context, &at, fault);
                }
            }
            Value::List(_) => entries(context, &at),
            _ => {}
        }
    }
}

fn entries<'c>(context: &mut Context<'c>, list: &At<'c>) {
    for entry in context.items(list) {
        let Some(name) = context.get(&entry, "name") else { continue };
        let Some(merger) = context.str(&name) else { continue };
        let settings = context.get(&entry, "settings").map(|at| context.items(&at)).unwrap_or_default();
        let Some(words) = words_of(merger) else {
            report(context, &name, unknown_merger(merger));
            continue;
        };
        for setting in settings {
            let word = context.str(&setting).unwrap_or_default();
            if let Some(fault) = unknown_word(merger, words, word) {
                report(context, &setting, fault);
            }
        }
    }
}

struct Fault {
    message: String,
    help: String,
}

fn report<'c>(context: &mut Context<'c>, at: &At<'c>, fault: Fault) {
    context.report(context.span(at), fault.message).path(at.path).help(fault.help);
}

fn words_of(merger: &str) -> Option<&'static [&'static str]> {
    MERGERS.iter().find(|(name, _)| *name == merger).map(|(_, words)| *words)
}

/// What is wrong with `list(append)` or the like.
fn fault_of(piece: &str) -> Option<Fault> {
    let Some((merger, words)) = piece.strip_suffix(')').and_then(|piece| piece.split_once('(')) else {
        return Some(Fault {
            message: format!("`{piece}` lacks its parentheses: cloud-init cannot merge this part"),
            help: format!("write `{}()`", piece.trim_end_matches(['(', ')'])),
        });
    };
    let Some(known) = words_of(merger) else { return Some(unknown_merger(merger)) };
    words.split(',').map(str::trim).find_map(|word| unknown_word(merger, known, word))
}

fn unknown_merger(merger: &str) -> Fault {
    let near = nearest(merger, MERGERS.iter().map(|(name, _)| *name));
    Fault {
        message: format!("`{merger}` is not a valid merger: cloud-init cannot merge this part"),
        help: near.map_or_else(
            || {
                "valid mergers are `dict`, `list` and `str`, as in `list(append)+dict(recurse_list)+str()`"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        ),
    }
}

fn unknown_word(merger: &str, known: &[&str], word: &str) -> Option<Fault> {
    if word.is_empty() || known.contains(&word) {
        return None;
    }
    let listed: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let near = nearest(word, known.iter().copied());
    Some(Fault {
        message: format!(
            "`{merger}` does not have the option `{word}`, so cloud-init merges the parts in the default way"
        ),
        help: near.map_or_else(
            || format!("`{merger}` takes {}", joined(&listed, "and")),
            |near| format!("did you mean `{near}`?"),
        ),
    })
}
