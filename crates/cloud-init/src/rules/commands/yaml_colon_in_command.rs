use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{Content, Span, Style};

use super::SCRIPTS;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "yaml-colon-in-command",
    severity: Severity::Error,
    docs: docs!("yaml_colon_in_command.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let items = context.top(key).map(|list| context.items(&list)).unwrap_or_default();
        for item in items {
            if matches!(context.value(item.value), Value::Map(_)) {
                report(context, key, &item);
            }
        }
    }
}

fn report<'c>(context: &mut Context<'c>, key: &str, item: &At<'c>) {
    let line = command(context, item);
    let span = context.first_line(item);
    let is_flow = context.tree().is_some_and(|tree| tree.node(item.value).flow);
    let what = if is_flow { "braces" } else { "a colon and a space" };
    let message = format!("{what} make this a mapping, not a command: no command in `{key}` runs");
    let finding = context.report(span, message).path(item.path);
    match line {
        Some((span, quoted)) => {
            finding.help("put the command in quotes").fix(Safety::Unsafe, "put it in quotes", span, quoted);
        }
        None => {
            finding.help("put the command in single quotes, or on its own lines after `|`");
        }
    }
}

/// The line that is meant to be a command, in quotes.
fn command<'c>(context: &Context<'c>, item: &At<'c>) -> Option<(Span, String)> {
    let node = context.tree()?.node(item.value);
    let Content::Mapping(entries) = &node.content else { return None };
    let [entry] = &entries[..] else { return None };
    let key = context.tree()?.node(entry.key);
    let value = context.tree()?.node(entry.value);
    let is_plain = matches!(key.content, Content::Scalar { style: Style::Plain, .. });
    let is_short = matches!(value.content, Content::Scalar { .. });
    let written = node.span.slice(context.read).trim_end();
    let is_whole = !node.flow && node.tag.is_none() && node.anchor.is_none() && node.start == node.span.start;
    if !is_plain || !is_short || !is_whole || written.contains('\n') {
        return None;
    }
    let span = Span::new(node.span.start, node.span.start + written.len());
    Some((span, format!("'{}'", written.replace('\'', "''"))))
}
