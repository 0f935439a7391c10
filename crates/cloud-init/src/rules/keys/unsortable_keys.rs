use std::collections::BTreeSet;

use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Release, Value};
use dryboot_yaml::NodeId;
use dryboot_yaml::python::DictEntry;

use crate::lint::{Context, Rule, what_it_is};
use crate::rules::docs;
use crate::verdict::Kind as Subject;

pub(super) static RULE: Rule =
    Rule { name: "unsortable-keys", severity: Severity::Error, docs: docs!("unsortable_keys.md"), check };

/// The first release that keeps the merged config as JSON with sorted keys.
///
/// Source: cloud-init 23.3, `stages.py`.
const SORTED_SINCE: Release = Release::new(23, 3);

/// What Python compares with one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Null,
    /// JSON cannot have such a key at all.
    Other,
}

fn kind(key: Value<'_>) -> Kind {
    match key {
        Value::Str(_) => Kind::Text,
        Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) => Kind::Number,
        Value::Null => Kind::Null,
        _ => Kind::Other,
    }
}

fn check(context: &mut Context<'_>) {
    let is_network = matches!(context.subject.kind, Subject::NetworkConfig);
    let is_concerned = context.release() >= SORTED_SINCE && !is_network;
    let has_odd_keys = context.loaded().is_some_and(|loaded| loaded.has_odd_keys);
    let Some(root) = context.root().filter(|_| is_concerned && has_odd_keys) else { return };
    let mut odd = Vec::new();
    // Through aliases, a value can stand at several places, and in itself.
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    let mut open = vec![root.value];
    while let Some(value) = open.pop() {
        let has_values = matches!(context.value(value), Value::List(_) | Value::Map(_));
        if !has_values || !seen.insert(value) {
            continue;
        }
        match context.value(value) {
            Value::List(items) => open.extend(items.iter().copied()),
            Value::Map(entries) => {
                let kind_of = |entry: &DictEntry| kind(context.value(entry.key));
                let first = entries.first().map(kind_of);
                // Beside the keys of the top level, cloud-init puts its own.
                let is_mixed =
                    value == root.value || entries.iter().any(|entry| Some(kind_of(entry)) != first);
                let is_odd = |kind: Kind| kind == Kind::Other || (is_mixed && kind != Kind::Text);
                odd.extend(entries.iter().find(|entry| is_odd(kind_of(entry))).map(|entry| entry.last_key));
                open.extend(entries.iter().map(|entry| entry.value));
            }
            _ => {}
        }
    }
    for key in odd {
        report(context, key);
    }
}

fn report(context: &mut Context<'_>, key: NodeId) {
    let value = context.value(key);
    let (what, is_scalar) = (what_it_is(value), kind(value) == Kind::Number);
    let Some(span) = context.tree().map(|tree| tree.node(key).span) else { return };
    let quoted = format!("'{}'", span.slice(context.read));
    let message =
        format!("this key is {what} beside other keys: cloud-init cannot sort them, and applies nothing");
    let finding = context.report(span, message);
    if is_scalar {
        finding.help("put the key in quotes").fix(Safety::Unsafe, format!("write {quoted}"), span, quoted);
    }
}
