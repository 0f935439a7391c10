//! What the tables ask for, in words.

use crate::{Literal, Node, Release, Rest, Shape};

/// The strings that a node is restricted to; nothing for a node that is not.
#[must_use]
pub fn allowed(node: &Node) -> String {
    match node.shape {
        Shape::Matching(pattern) => pattern.plain.to_owned(),
        Shape::Words(words) => choice(words.iter().map(|word| format!("`{word}`")).collect()),
        _ => String::new(),
    }
}

/// What a node accepts, as it reads behind "must be": "a string", "one of `a` and `b`".
#[must_use]
pub fn described(node: &Node, release: Release) -> String {
    match node.shape {
        Shape::Any => "anything".to_owned(),
        Shape::Null => "empty".to_owned(),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::Int(bounds) | Shape::Number(bounds) => {
            let number = if matches!(node.shape, Shape::Int(_)) { "a whole number" } else { "a number" };
            match (bounds.min(), bounds.max()) {
                (Some(min), Some(max)) => format!("{number} between {min} and {max}"),
                (Some(min), None) => format!("{number} of at least {min}"),
                (None, Some(max)) => format!("{number} of at most {max}"),
                (None, None) => number.to_owned(),
            }
        }
        Shape::Str => "a string".to_owned(),
        Shape::Matching(_) | Shape::Words(_) => allowed(node),
        Shape::Dated(words) => {
            let known = words.iter().filter(|word| word.life.includes(release));
            choice(known.map(|word| format!("`{}`", word.text)).collect())
        }
        Shape::Enum(literals) => choice(literals.iter().map(literal).collect()),
        Shape::List(list) => match plural(&list.items, release) {
            Some(items) => format!("a list of {items}"),
            None => "a list".to_owned(),
        },
        Shape::Map(object) => match object.rest {
            Rest::Each(each) => match plural(each, release) {
                Some(values) => format!("a mapping with {values} as values"),
                None => "a mapping".to_owned(),
            },
            Rest::Open | Rest::Closed => "a mapping".to_owned(),
        },
        Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes) => alternatives(
            nodes.iter().filter(|node| node.life.includes(release) && node.deprecated.is_none()),
            release,
        ),
        Shape::AllOf(nodes) => nodes.iter().find(|node| !is_vague(node)).map_or_else(
            || nodes.first().map_or_else(String::new, |node| described(node, release)),
            |node| described(node, release),
        ),
        Shape::Since(forms) => {
            let form = forms.iter().find(|(since, _)| *since <= release).or(forms.last());
            form.map_or_else(String::new, |(_, form)| described(form, release))
        }
        Shape::Ref(other) => described(other, release),
    }
}

/// Whether a node says little about what a value must be.
fn is_vague(node: &Node) -> bool {
    matches!(node.shape, Shape::Map(object) if object.partial)
}

/// What several nodes accept, each said once.
#[must_use]
pub fn alternatives<'n>(nodes: impl Iterator<Item = &'n Node>, release: Release) -> String {
    let mut words: Vec<String> = Vec::new();
    for node in nodes {
        let described = described(node, release);
        if !described.is_empty() && !words.contains(&described) {
            words.push(described);
        }
    }
    joined(&words, "or")
}

fn choice(words: Vec<String>) -> String {
    match words.len() {
        0..=12 => joined(&words, "or"),
        more => format!("{}, or another of {more} words", words[..8].join(", ")),
    }
}

/// "a", "a or b", "a, b or c".
#[must_use]
pub fn joined(words: &[String], with: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {with} {last}", rest.join(", ")),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Str(text) => format!("`{text}`"),
        Literal::Bool(truth) => format!("`{truth}`"),
        Literal::Int(int) => format!("`{int}`"),
    }
}

fn plural(node: &Node, release: Release) -> Option<String> {
    Some(match node.shape {
        Shape::Str | Shape::Matching(_) => "strings".to_owned(),
        Shape::Int(_) | Shape::Number(_) => "numbers".to_owned(),
        Shape::Map(_) => "mappings".to_owned(),
        Shape::List(_) => "lists".to_owned(),
        Shape::Words(_) | Shape::Dated(_) => return Some(described(node, release)),
        Shape::Ref(other) => return plural(other, release),
        _ => return None,
    })
}
