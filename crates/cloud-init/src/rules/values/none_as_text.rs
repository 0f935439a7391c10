use dryboot_lint::Severity;
use dryboot_yaml::{Content, Style};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "none-as-text", severity: Severity::Warning, docs: docs!("none_as_text.md"), check };

/// What other languages call no value, and YAML takes for a string.
const WORDS: [&str; 3] = ["None", "nil", "undefined"];

/// Values that are what a person writes, where none of the words makes sense.
const PLACES: [&str; 13] = [
    "hostname",
    "fqdn",
    "timezone",
    "locale",
    "password",
    "ssh_authorized_keys[]",
    "ssh_import_id[]",
    "users[].passwd",
    "users[].hashed_passwd",
    "users[].plain_text_passwd",
    "users[].ssh_authorized_keys[]",
    "users[].ssh_import_id[]",
    "users[].sudo",
];

/// Lists that are given as a string, which cloud-init splits.
const LISTS: [&str; 4] =
    ["users[].ssh_import_id", "users[].ssh-import-id", "users[].ssh_authorized_keys", "ssh_import_id"];

fn check(context: &mut Context<'_>) {
    let Some(tree) = context.tree() else { return };
    for place in context.places {
        let pattern = place.pattern.as_str();
        if !PLACES.contains(&pattern) && !LISTS.contains(&pattern) {
            continue;
        }
        let node = tree.node(place.at.value);
        let Content::Scalar { text, style: Style::Plain } = &node.content else { continue };
        if !WORDS.contains(&&**text) || node.tag.is_some() {
            continue;
        }
        let outcome = match pattern.contains("import") {
            true => format!("cloud-init lets in the keys of an account called `{text}`"),
            false => "cloud-init takes the word itself".to_owned(),
        };
        let message = format!("`{text}` is a string in YAML, not an empty value: {outcome}");
        context.report(node.span, message).path(&place.at.path).help("remove the line");
    }
}
