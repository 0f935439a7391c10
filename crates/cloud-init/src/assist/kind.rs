//! What a value is, for the page of a key: shorter than what a message says about a wrong value.

use dryboot_schema::{Node, Release, Shape};

use crate::lint::{described, joined};

/// Words that are listed one by one; more of them are summed up.
const MOST_WORDS: usize = 12;

/// What the values of some nodes are: "a string or a list of strings".
pub(super) fn kinds<'n>(nodes: impl Iterator<Item = &'n Node>, release: Release) -> String {
    let mut found = Vec::new();
    nodes.for_each(|node| collect(node, release, Number::One, &mut found));
    joined(&found, "or")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Several,
}

fn collect(node: &Node, release: Release, number: Number, found: &mut Vec<String>) {
    let mut add = |kind: String| {
        if !found.contains(&kind) {
            found.push(kind);
        }
    };
    match (node.shape, number) {
        (Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes), _) => {
            let usual = |node: &&Node| node.life.includes(release) && node.deprecated.is_none();
            let are_usual = nodes.iter().any(|node| usual(&node));
            for node in nodes.iter().filter(|node| !are_usual || usual(node)) {
                collect(node, release, number, found);
            }
        }
        // All of them hold, and the last one says most.
        (Shape::AllOf(nodes), _) => {
            if let Some(node) = nodes.iter().rfind(|node| !is_vague(node)).or(nodes.last()) {
                collect(node, release, number, found);
            }
        }
        (Shape::Since(forms), _) => {
            let form = forms.iter().find(|(since, _)| *since <= release).or(forms.last());
            if let Some((_, form)) = form {
                collect(form, release, number, found);
            }
        }
        (Shape::Ref(node), _) => collect(node, release, number, found),
        (Shape::Words(words), _) if words.len() <= MOST_WORDS => {
            words.iter().for_each(|word| add(format!("`{word}`")));
        }
        (Shape::Null, Number::One) => add("`null`".to_owned()),
        (Shape::Null | Shape::Any, Number::Several) => {}
        (Shape::Bool, Number::Several) => add("booleans".to_owned()),
        (Shape::Str | Shape::Matching(_), Number::Several) => add("strings".to_owned()),
        (Shape::Int(_) | Shape::Number(_), Number::Several) => add("numbers".to_owned()),
        (Shape::Map(_), Number::Several) => add("mappings".to_owned()),
        (Shape::List(_), Number::Several) => add("lists".to_owned()),
        (Shape::List(list), Number::One) => {
            let mut items = Vec::new();
            collect(&list.items, release, Number::Several, &mut items);
            add(if items.is_empty() {
                "a list".to_owned()
            } else {
                format!("a list of {}", joined(&items, "and"))
            });
        }
        _ => add(described(node, release)),
    }
}

/// Whether a node only says which keys must be there, next to another one that says what the value is.
fn is_vague(node: &Node) -> bool {
    match node.shape {
        Shape::Map(object) => object.partial && object.keys.is_empty(),
        Shape::OneOf(nodes) | Shape::AnyOf(nodes) => nodes.iter().all(is_vague),
        _ => false,
    }
}
