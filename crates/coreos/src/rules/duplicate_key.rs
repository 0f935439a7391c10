use std::borrow::Cow;
use std::cell::LazyCell;

use crate::schema::NAMES;
use crate::{Kind, Target};
use dryboot_yaml::values::is_merge;
use dryboot_yaml::{Entry, KeyIndex, NodeMap};

use crate::lint::context::Context;
use crate::lint::parts::{entries, key_text, removal};
use crate::lint::places::KeyPlace;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Paths, Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "duplicate-key",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("duplicate_key.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    // Made for the first key that is repeated: in most texts none is.
    let known: LazyCell<NodeMap<KeyPlace<'_>>, _> =
        LazyCell::new(|| places.keys().map(|key| (key.node, key)).collect());
    let document = context.document;
    let target = document.target;
    let refuses = target.habits().refuses_duplicates;
    for mapping in document.tree().ids() {
        let (mut index, mut first) = (KeyIndex::default(), Vec::new());
        for entry in entries(document, Some(mapping)) {
            let Some(name) = key_text(document, entry.key) else { continue };
            let name = match refuses {
                true => Cow::Borrowed(name),
                // Merge keys may be repeated.
                false if is_merge(document.tree(), entry.key, target.dialect()) => continue,
                false => NAMES.of(name),
            };
            let Some(&earlier) = first.get(index.number(name)) else {
                first.push(*entry);
                continue;
            };
            let key = known.get(entry.key).copied();
            match refuses {
                true => discarded(context, earlier, *entry, key),
                false => repeated(context, earlier, key),
            }
        }
    }
}

/// go-yaml v1 takes the same key again and again; what it makes of them depends on the kind.
fn repeated(context: &mut Context<'_>, first: Entry, key: Option<KeyPlace<'_>>) {
    // A key that is ignored is so twice.
    let Some((key, kind)) = key.and_then(|key| Some((key, Kind::of(&key.known?.node)))) else { return };
    let document = context.document;
    let (outcome, label) = match kind {
        Kind::Texts | Kind::Sections(_) => ("the second list is appended to the first", "the first list"),
        Kind::Section(_) => ("the two are merged; where they conflict, the later one wins", "the first part"),
        _ => ("the last one wins", "this value has no effect"),
    };
    let written = key.written;
    let other = key_text(document, first.key).unwrap_or_default();
    let what = if written == other {
        format!("`{written}` appears twice")
    } else {
        format!("`{written}` is the same key as `{other}`")
    };
    let first_span = document.tree().node(first.key).span;
    let dropped = removal(document, first.key, first.value);
    let finding = context
        .report(key.key_span(document.tree()), format!("{what}: {outcome}"))
        .severity(Severity::Warning)
        .at(key.id)
        .help("write the key once")
        .label(first_span, label);
    if let (true, Some(edit)) = (is_scalar(kind), dropped) {
        finding.fix_all(Safety::Unsafe, "remove the value without effect", vec![edit]);
    }
}

fn is_scalar(kind: Kind) -> bool {
    !matches!(kind, Kind::Texts | Kind::Sections(_) | Kind::Section(_))
}

/// yaml.v3 refuses the whole text for it, unless it stands in a part that is not decoded.
fn discarded(context: &mut Context<'_>, first: Entry, again: Entry, key: Option<KeyPlace<'_>>) {
    let document = context.document;
    let tree = document.tree();
    let written = key_text(document, again.key).unwrap_or_default();
    let is_read = key.is_some_and(|key| {
        let path = context.places.path(key.id);
        // Known keys have no hyphens as Flatcar reads them, so what is below one is not decoded.
        !path.rsplit_once('.').is_some_and(|(parents, _)| parents.contains('-'))
    }) || written == "<<";
    let (severity, outcome) = if is_read {
        (Severity::Error, "Flatcar discards the whole config")
    } else {
        (Severity::Warning, "it is ignored, but the validator rejects the whole config")
    };
    let dropped = removal(document, first.key, first.value);
    let kind = key.and_then(|key| key.known).map(|known| Kind::of(&known.node));
    let path = key.map(|key| context.places.path(key.id)).unwrap_or_default();
    let finding = context
        .report(tree.node(again.key).span, format!("`{written}` appears twice: {outcome}"))
        .severity(severity)
        .path(path)
        .help("write the key once")
        .label(tree.node(first.key).span, "first here");
    if let (true, Some(edit)) = (kind.is_some_and(is_scalar), dropped) {
        finding.fix_all(Safety::Unsafe, "keep the last one", vec![edit]);
    }
}
