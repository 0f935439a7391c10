use std::collections::HashSet;

use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{NodeId, Span};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "colon-in-command", severity: Severity::Error, docs: docs!("colon_in_command.md"), check };

/// Lists of commands. A mapping in one of them makes the module fail before the first command runs.
const COMMANDS: [&str; 2] = ["runcmd[]", "bootcmd[]"];

/// The values of lists of commands that are mappings by mistake.
pub(super) fn mappings(context: &Context<'_>) -> HashSet<NodeId> {
    let commands = context.places.iter().filter(|place| COMMANDS.contains(&place.pattern.as_str()));
    commands.map(|place| place.at.value).filter(|value| command(context, *value).is_some()).collect()
}

fn check(context: &mut Context<'_>) {
    for place in context.places.iter().filter(|place| COMMANDS.contains(&place.pattern.as_str())) {
        let Some((span, colon)) = command(context, place.at.value) else { continue };
        let list = place.pattern.trim_end_matches("[]");
        let command = span.slice(context.read);
        let quoted = format!("'{}'", command.replace('\'', "''"));
        let is_comment = command.contains(" #");
        let message = format!(
            "the colon and the space make a mapping of this command: cloud-init runs none of the commands in `{list}`"
        );
        let finding = context
            .report(colon, message)
            .path(&place.at.path)
            .help("put the command in quotes, or write it below `- |`");
        if !is_comment {
            finding.fix(Safety::Unsafe, "put the command in quotes", span, quoted);
        }
    }
}

/// The text of a mapping of one entry that stands on a single line and reads like a command, with its colon.
fn command(context: &Context<'_>, value: NodeId) -> Option<(Span, Span)> {
    let tree = context.tree()?;
    let Value::Map([entry]) = context.value(value) else { return None };
    let (node, key, inner) = (tree.node(value), tree.node(entry.last_key), tree.node(entry.value));
    let is_text = key.text().is_some() && inner.text().is_some() && !node.flow;
    let span = Span::new(key.start, inner.span.end.max(key.span.end + 1));
    let is_one_line = !span.slice(context.read).trim_end().contains('\n');
    // Quotes that are YAML's own would be lost.
    let is_plain = span.slice(context.read).starts_with(key.text()?) && inner.start == inner.span.start;
    (is_text && is_one_line && is_plain).then(|| (span, Span::new(key.span.end, key.span.end + 1)))
}
