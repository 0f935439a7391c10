use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{Content, Style};

use super::SCRIPTS;
use crate::lint::{At, Context, Rule, shown, what_it_is};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "misread-argument", severity: Severity::Error, docs: docs!("misread_argument.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let items = context.top(key).map(|list| context.items(&list)).unwrap_or_default();
        for item in items {
            match context.value(item.value) {
                Value::List(_) => {
                    for word in context.items(&item) {
                        argument(context, &word);
                    }
                }
                value @ (Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::BigInt(_)) => {
                    let what = what_it_is(value);
                    let message =
                        format!("this is {what} in YAML, not a command: no command in `{key}` runs");
                    report(context, &item, message, Severity::Error);
                }
                _ => {}
            }
        }
    }
}

fn argument<'c>(context: &mut Context<'c>, word: &At<'c>) {
    let value = context.value(word.value);
    let python = match value {
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) => shown(value),
        _ => return,
    };
    let Some(written) = plain(context, word) else { return };
    if written != python {
        let message = match written.is_empty() {
            true => format!("an empty argument becomes the word `{python}`"),
            false => {
                format!("the argument becomes `{python}`, because YAML does not read `{written}` as a string")
            }
        };
        report(context, word, message, Severity::Warning);
    }
}

fn report<'c>(context: &mut Context<'c>, at: &At<'c>, message: String, severity: Severity) {
    let span = context.first_line(at);
    let quoted = plain(context, at).filter(|text| !text.is_empty()).map(|text| format!("'{text}'"));
    let finding = context.report(span, message).severity(severity).path(at.path);
    let finding = finding.help("put it in quotes");
    if let Some(quoted) = quoted {
        finding.fix(Safety::Safe, format!("write {quoted}"), span, quoted);
    }
}

/// A scalar without quotes, as it is written.
fn plain<'c>(context: &Context<'c>, at: &At<'c>) -> Option<&'c str> {
    let node = context.tree()?.node(at.value);
    let is_bare = node.tag.is_none() && node.anchor.is_none();
    match &node.content {
        Content::Scalar { text, style: Style::Plain } if is_bare => Some(text),
        _ => None,
    }
}
