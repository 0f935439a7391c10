use std::collections::HashMap;

use dryboot_lint::Severity;
use dryboot_text::Span;
use dryboot_yaml::{Content, Tree};

use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::verdict::Judged;

pub(super) static RULE: Rule = Rule {
    name: "key-replaced-by-part",
    severity: Severity::Warning,
    docs: docs!("key_replaced_by_part.md"),
    check,
};

/// Keys that say how a part is merged.
const MERGING: [&str; 2] = ["merge_how", "merge_type"];

/// A key at the top of a cloud-config.
struct Top<'t> {
    name: &'t str,
    span: Span,
    /// Its value is a list or a mapping, which could have been merged.
    is_collection: bool,
}

fn check(context: &mut Context<'_>) {
    let Some(message) = context.message else { return };
    // The first part that has each key.
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (index, judged) in message.configs.iter().enumerate() {
        let Some(tree) = judged.as_ref().and_then(tree) else { continue };
        let keys = top(tree);
        let merges =
            context.parts()[index].merge_type.is_some() || keys.iter().any(|key| MERGING.contains(&key.name));
        for key in &keys {
            if MERGING.contains(&key.name) {
                continue;
            }
            let first = *known.entry(key.name).or_insert(index);
            if first == index || merges {
                continue;
            }
            let name = &context.parts()[first].name;
            let words = format!(
                "`{}` replaces the value from part {} (`{name}`), which is lost",
                key.name,
                first + 1
            );
            let finding = context.report_in(index, key.span, words).path(key.name);
            if key.is_collection {
                finding.help("to keep both, add `merge_how: dict(recurse_array)+list(append)` to this part");
            } else {
                finding.severity(Severity::Info);
            }
        }
    }
}

/// The tree of a cloud-config that is merged. What is made of a template is not where the template has it.
fn tree(judged: &Judged) -> Option<&Tree> {
    let reading = judged.reading.as_ref().filter(|reading| reading.filled.is_none())?;
    reading.parsed.is_whole().then_some(&reading.parsed.tree)
}

fn top(tree: &Tree) -> Vec<Top<'_>> {
    let root = tree.root().and_then(|root| tree.resolve(root)).map(|root| &tree.node(root).content);
    let Some(Content::Mapping(entries)) = root else { return Vec::new() };
    let key = |entry: &dryboot_yaml::Entry| {
        let key = tree.node(tree.resolve(entry.key)?);
        let value = tree.resolve(entry.value).map(|value| &tree.node(value).content);
        let is_collection = matches!(value, Some(Content::Mapping(_) | Content::Sequence(_)));
        Some(Top { name: key.text()?, span: tree.node(entry.key).span, is_collection })
    };
    entries.iter().filter_map(key).collect()
}
