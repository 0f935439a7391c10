//! The tables of keys: what holds for every one of them.

use std::collections::BTreeSet;

use dryboot_cloud_init::keys::ROOT;
use dryboot_cloud_init::keys::network_config::{VERSION_1, VERSION_2};
use dryboot_schema::{Habits, Key, Life, Node, Object, Release, Rest, Shape, View, walk};
use dryboot_yaml::{Dialect, Limits, parse, python};

const NEWEST: Release = Release::new(26, 2);

/// Deprecated with nothing to write in their place.
const NOTHING_INSTEAD: [&str; 1] = ["system_info"];

/// What there is to see in the tables.
#[derive(Clone, Copy)]
enum Part {
    /// A key with a name, and when the mapping that it stands in began to work.
    Key(&'static Key, Option<Release>),
    /// What keys hold whose names are up to the user.
    Names(&'static Node),
    /// A mapping.
    Object(&'static Object),
    /// Any node.
    Node(&'static Node),
}

/// Every part of the tables, with its path.
fn parts() -> Vec<(String, Part)> {
    let mut parts = Vec::new();
    for (path, root) in [("", &ROOT), ("(v1)", &VERSION_1), ("(v2)", &VERSION_2)] {
        collect(root, path, None, &mut parts);
    }
    assert!(parts.len() > 1000, "{}", parts.len());
    parts
}

fn collect(node: &'static Node, path: &str, works_since: Option<Release>, parts: &mut Vec<(String, Part)>) {
    parts.push((path.to_owned(), Part::Node(node)));
    match &node.shape {
        Shape::List(list) => collect(&list.items, &format!("{path}[]"), works_since, parts),
        Shape::Map(object) => {
            parts.push((path.to_owned(), Part::Object(object)));
            let inside =
                |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            for key in object.keys {
                let path = inside(key.name);
                parts.push((path.clone(), Part::Key(key, works_since)));
                collect(&key.node, &path, key.works_since.or(works_since), parts);
            }
            let names = object.patterns.iter().map(|(_, node)| node);
            let rest = if let Rest::Each(node) = object.rest { Some(node) } else { None };
            for node in names.chain(rest) {
                parts.push((inside("*"), Part::Names(node)));
                collect(node, &inside("*"), works_since, parts);
            }
        }
        Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes) | Shape::AllOf(nodes) => {
            nodes.iter().for_each(|node| collect(node, path, works_since, parts));
        }
        Shape::Since(forms) => forms.iter().for_each(|(_, node)| collect(node, path, works_since, parts)),
        Shape::Ref(node) => collect(node, path, works_since, parts),
        Shape::Any
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Number(_)
        | Shape::Str
        | Shape::Matching(_)
        | Shape::Words(_)
        | Shape::Dated(_)
        | Shape::Enum(_) => {}
    }
}

/// The paths of what does not hold.
fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: BTreeSet<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), Vec::from_iter(faults).join("\n"));
}

/// The text outside of backticks; `None` when one is left open.
fn prose(text: &str) -> Option<String> {
    let pieces: Vec<&str> = text.split('`').collect();
    (pieces.len() % 2 == 1).then(|| pieces.into_iter().step_by(2).collect::<Vec<_>>().join("`"))
}

fn is_one_sentence(doc: &str) -> bool {
    let begins = doc.starts_with(|char: char| char.is_uppercase() || char == '`');
    let inner = doc.strip_suffix('.').and_then(prose);
    begins
        && !doc.contains(['\n', '\r', '\t'])
        && !doc.contains("  ")
        && inner.is_some_and(|text| !text.ends_with(['.', ' ']) && !text.contains(". "))
}

#[test]
fn every_key_is_documented_in_one_sentence() {
    assert_none(parts().into_iter().filter_map(|(path, part)| {
        let node = match part {
            Part::Key(key, _) => &key.node,
            Part::Names(node) => node,
            Part::Object(_) | Part::Node(_) => return None,
        };
        (!is_one_sentence(node.doc)).then(|| format!("{path}: {:?}", node.doc))
    }));
}

#[test]
fn a_sentence_is_told_from_what_is_none() {
    for good in ["Runs it.", "`true` or a number.", "As in `a. B.` or 1.5."] {
        assert!(is_one_sentence(good), "{good}");
    }
    for bad in ["", ".", "runs it.", "Runs it", "Runs. Runs.", "Runs\nit.", "Runs `it.", "Runs it ."] {
        assert!(!is_one_sentence(bad), "{bad}");
    }
}

fn overlap(one: Life, two: Life) -> bool {
    let begins_before_end_of = |one: Life, two: Life| two.until.is_none_or(|until| one.since < Some(until));
    begins_before_end_of(one, two) && begins_before_end_of(two, one)
}

#[test]
fn no_release_has_two_keys_of_one_name_in_one_mapping() {
    assert_none(parts().into_iter().flat_map(|(path, part)| {
        let keys = if let Part::Object(object) = part { object.keys } else { &[] };
        let again = |(at, key): (usize, &Key)| {
            let twin = |other: &Key| other.name == key.name && overlap(other.node.life, key.node.life);
            keys[..at].iter().any(twin).then(|| format!("{path}.{}", key.name))
        };
        keys.iter().enumerate().filter_map(again).collect::<Vec<_>>()
    }));
}

#[test]
fn what_begins_ends_later() {
    let backwards = |life: Life| life.since.zip(life.until).is_some_and(|(since, until)| since >= until);
    assert_none(parts().into_iter().filter_map(|(path, part)| {
        let Part::Node(node) = part else { return None };
        let inside = match &node.shape {
            Shape::Dated(words) => words.iter().any(|word| backwards(word.life)),
            Shape::Since(forms) => !forms.is_sorted_by(|(newer, _), (older, _)| newer > older),
            _ => false,
        };
        (backwards(node.life) || inside).then_some(path)
    }));
}

/// Otherwise the key that holds the others says it, once. A table that stands in two places need not say it in both.
#[test]
fn a_key_says_since_when_it_works_only_if_that_is_later_than_for_what_it_stands_in() {
    let parts = parts();
    let dated = || {
        parts.iter().filter_map(|(path, part)| match part {
            Part::Key(key, outer) if key.works_since.is_some() => {
                Some((path, *key, key.works_since > *outer))
            }
            _ => None,
        })
    };
    let needed: Vec<&Key> = dated().filter(|(_, _, later)| *later).map(|(_, key, _)| key).collect();
    let is_needed = |key: &Key| needed.iter().any(|other| std::ptr::eq(*other, key));
    assert_none(dated().filter(|(_, key, _)| !is_needed(key)).map(|(path, ..)| path.clone()));
}

#[test]
fn what_is_deprecated_says_what_to_write_instead() {
    let mut without = BTreeSet::new();
    assert_none(parts().into_iter().filter_map(|(path, part)| {
        let Part::Node(Node { deprecated: Some(deprecated), .. }) = part else { return None };
        if deprecated.instead.is_empty() {
            without.insert(path);
            return None;
        }
        let instead = deprecated.instead;
        let reads_on = instead.starts_with(|char: char| char.is_lowercase() || char == '`');
        let fine = reads_on && !instead.ends_with('.') && !instead.contains('\n') && prose(instead).is_some();
        let named = deprecated.version > Release::default();
        (!fine || !named).then(|| format!("{path}: {instead:?} in {}", deprecated.version))
    }));
    assert_eq!(without, BTreeSet::from(NOTHING_INSTEAD.map(str::to_owned)));
}

#[test]
fn a_default_is_a_value_that_the_key_may_have() {
    assert_none(parts().into_iter().filter_map(|(path, part)| {
        let Part::Key(key, _) = part else { return None };
        let default = key.node.default;
        if default.is_empty() || !key.node.life.includes(NEWEST) {
            return None;
        }
        let limits = Limits::default();
        let parsed = parse(default.as_bytes(), default, Dialect::PyYaml, &limits);
        let loaded = python::load(&parsed.tree, &limits);
        let fault = match parsed.tree.root() {
            Some(root) if parsed.error.is_none() => {
                let view = View::new(&parsed.tree, &loaded, limits.nodes);
                let found = walk(&view, root, &key.node, NEWEST, Habits::default());
                found
                    .errors
                    .first()
                    .or(found.deprecations.first())
                    .map(|problem| format!("{:?}", problem.kind))
            }
            _ => Some("not YAML".to_owned()),
        };
        fault.map(|fault| format!("{path}: {default}: {fault}"))
    }));
}
