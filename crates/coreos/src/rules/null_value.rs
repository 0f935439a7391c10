use crate::schema::{DROP_IN, FILE, UNIT, USER};
use crate::{Kind, Target};
use dryboot_schema::Object;
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Content, NodeId, NodeMap, Span};

use crate::lint::context::Context;
use crate::lint::places::{PlaceId, Step};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "null-value",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("null_value.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    let target = context.document.target;
    let mut only = NodeMap::default();
    for id in context.tree().ids() {
        if let Content::Mapping(entries) = &context.tree().node(id).content
            && let [entry] = &entries[..]
        {
            only.insert(entry.key, ());
        }
    }
    for (id, place) in places.iter() {
        if place.kind.is_some() && is_null(context, place.resolved) {
            match &place.step {
                // What these are missed for, other rules tell.
                Step::Key { object, written, .. } if is_essential(object, written, target) => {}
                Step::Item { .. }
                    if matches!(place.kind, Some(Kind::Section(_))) && target.habits().takes_nulls => {}
                Step::Key { node, written, known, .. } => {
                    let crashes = known.is_some_and(|key| key.node.is_restricted());
                    // A mapping without its only key would be the next empty value.
                    let line = Some(*node).filter(|node| !only.contains(*node));
                    let line = line.and_then(|node| line_of(context, node, place.value));
                    let span = context.tree().node(*node).span;
                    key(context, id, span, written, crashes, line);
                }
                Step::Item { start, .. } => item(context, id, *start),
            }
        }
    }
}

/// Whether an element of a list means nothing without this key.
fn is_essential(object: &Object, name: &str, target: Target) -> bool {
    match name {
        "path" => object == &FILE,
        // Where such a key is not there at all, its rule points elsewhere.
        "name" => target.habits().takes_nulls && [&UNIT, &USER, &DROP_IN].contains(&object),
        _ => false,
    }
}

fn is_null(context: &Context<'_>, value: NodeId) -> bool {
    let node = context.tree().node(value);
    match &node.content {
        Content::Scalar { text, style } => {
            let dialect = context.document.target.dialect();
            resolve(text, *style, node.tag.as_deref(), dialect) == Ok(Scalar::Null)
        }
        _ => false,
    }
}

fn key(context: &mut Context<'_>, id: PlaceId, span: Span, written: &str, crashes: bool, line: Option<Span>) {
    let message = match crashes {
        true => {
            format!("`{written}` is empty: the target's validator crashes on it, and at boot it is ignored")
        }
        false => format!("`{written}` is empty and has no effect"),
    };
    let severity = if crashes { Severity::Warning } else { Severity::Info };
    let finding = context.report(span, message).severity(severity).at(id);
    let finding = finding.help("give it a value, or remove the line");
    if let Some(line) = line {
        finding.fix(Safety::Unsafe, "remove the line", line, "");
    }
}

fn item(context: &mut Context<'_>, id: PlaceId, start: usize) {
    let outcome = match context.document.target.habits().takes_nulls {
        true => "counts as an item in which everything is empty",
        false => "is skipped",
    };
    let message = format!("this list item is empty: it {outcome}");
    let finding = context.report(Span::new(start, start + 1), message).severity(Severity::Info).at(id);
    finding.help("remove the line, or indent what belongs to it");
}

/// The line of a key that has it for itself.
fn line_of(context: &Context<'_>, key: NodeId, value: NodeId) -> Option<Span> {
    let (tree, text) = (context.tree(), context.text());
    let (key, value) = (tree.node(key).span, tree.node(value).span);
    let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[key.end..].find('\n').map_or(text.len(), |at| key.end + at + 1);
    let alone = text[start..key.start].trim().is_empty() && value.end <= end;
    let rest = text[key.end..end].trim().trim_start_matches(':').trim_start();
    let is_plain = rest.is_empty() || rest.starts_with('#') || ["~", "null", "Null", "NULL"].contains(&rest);
    (alone && is_plain).then(|| Span::new(start, end))
}
