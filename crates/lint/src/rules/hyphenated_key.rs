use std::collections::HashMap;

use dryboot_config::Target;
use dryboot_yaml::{Content, NodeId};

use crate::context::Context;
use crate::parts::{entries, key_text};
use crate::places::KeyPlace;
use crate::rule::{Rule, Scope};
use crate::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "hyphenated-key",
    severity: Severity::Error,
    targets: &[Target::Flatcar],
    docs: docs!("hyphenated_key.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    let hyphenated = |key: &KeyPlace<'_>| key.known.is_some() && key.written.contains('-');
    let keys: HashMap<NodeId, KeyPlace<'_>> =
        places.keys().filter(hyphenated).map(|key| (key.node, key)).collect();
    if keys.is_empty() {
        return;
    }
    let document = context.document;
    let tree = document.tree();
    for mapping in tree.ids() {
        let siblings = entries(document, Some(mapping));
        for key in siblings.iter().filter_map(|entry| keys.get(&entry.key)) {
            let name = key.name();
            let written = key.written;
            let other = siblings.iter().find(|entry| key_text(document, entry.key) == Some(&name));
            let span = key.key_span(tree);
            let message = format!("`{written}` is ignored when the config is applied: only `{name}` is read");
            let finding = context.report(span, message).at(key.id);
            match other {
                Some(other) => {
                    let span = tree.node(other.key).span;
                    finding.help(format!("move what stands here to `{name}`")).label(span, "this is read");
                }
                None if matches!(tree.node(key.node).content, Content::Alias { .. }) => {
                    finding.help(format!("write `{name}`"));
                }
                None => {
                    finding
                        .help("Flatcar's own validator takes both spellings, and therefore says nothing")
                        .fix(Safety::Safe, format!("rename to `{name}`"), span, name);
                }
            }
        }
    }
}
