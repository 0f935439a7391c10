use crate::Target;
use crate::schema::NAMES;
use dryboot_yaml::{Content, Entry, NodeMap};

use crate::lint::context::Context;
use crate::lint::parts::{entries, key_text};
use crate::lint::places::KeyPlace;
use crate::lint::rule::{Rule, Scope};
use crate::lint::trial::Trial;
use dryboot_lint::Severity;

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
    if !places.keys().any(|key| hyphenated(&key)) {
        return;
    }
    let keys: NodeMap<KeyPlace<'_>> = places.keys().filter(hyphenated).map(|key| (key.node, key)).collect();
    let document = context.document;
    let tree = document.tree();
    let mut trial = Trial::new(context, RULE.name);
    for mapping in tree.ids() {
        let siblings = entries(document, Some(mapping));
        for key in siblings.iter().filter_map(|entry| keys.get(entry.key)) {
            let name = key.name().into_owned();
            let written = key.written;
            let is_name = |entry: &&Entry| {
                let text = key_text(document, entry.key).map(|text| NAMES.of(text));
                entry.key != key.node && text.as_deref() == Some(&*name)
            };
            let other = siblings.iter().find(is_name);
            let node = tree.node(key.node);
            let span = key.key_span(tree);
            let message =
                format!("`{written}` is ignored when the config is applied: Flatcar only reads `{name}`");
            let finding = context.report(span, message).at(key.id);
            match other {
                Some(other) if key_text(document, other.key) == Some(&name) => {
                    let span = tree.node(other.key).span;
                    finding.help(format!("move this to `{name}`")).label(span, "this one is read");
                }
                Some(other) => {
                    let span = tree.node(other.key).span;
                    finding.help(format!("write all of it below `{name}`")).label(span, "ignored, too");
                }
                // An alias, or what an alias stands for, cannot be renamed by itself.
                None if matches!(node.content, Content::Alias { .. }) || node.anchor.is_some() => {
                    finding.help(format!("write `{name}`"));
                }
                None => {
                    finding
                        .help("Flatcar's own validator accepts both spellings, and does not report this")
                        .fix(trial.safety(span, &name), format!("rename to `{name}`"), span, name);
                }
            }
        }
    }
}
