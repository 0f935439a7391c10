use dryboot_lint::Severity;
use dryboot_yaml::{Content, Style};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "none-as-text", severity: Severity::Warning, docs: docs!("none_as_text.md"), check };

/// What other languages call no value, and YAML takes for a string.
const WORDS: [&str; 3] = ["None", "nil", "undefined"];

/// Values that are what a person writes, where none of the words makes sense.
const PLACES: [&str; 11] = [
    "hostname",
    "fqdn",
    "timezone",
    "locale",
    "password",
    "ssh_authorized_keys[]",
    "users[].passwd",
    "users[].hashed_passwd",
    "users[].plain_text_passwd",
    "users[].ssh_authorized_keys[]",
    "users[].sudo",
];

fn check(context: &mut Context<'_>) {
    let Some(tree) = context.tree() else { return };
    for place in context.places.at(&PLACES) {
        let node = tree.node(place.at.value);
        let Content::Scalar { text, style: Style::Plain } = &node.content else { continue };
        if !WORDS.contains(&&**text) || node.tag.is_some() {
            continue;
        }
        let message =
            format!("`{text}` is a string in YAML, not an empty value: cloud-init uses the word itself");
        context.report(node.span, message).path(place.at.path).help("remove the line");
    }
}
