//! What the tables ask for, and what is there, in words.

use dryboot_schema::{Literal, Node, Release, Rest, Shape, Value};

/// What a node accepts, as it reads behind "must be": "a string", "one of `a` and `b`".
pub(crate) fn described(node: &Node, release: Release) -> String {
    match node.shape {
        Shape::Any => "anything".to_owned(),
        Shape::Null => "empty".to_owned(),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::Int(bounds) | Shape::Number(bounds) => {
            let number = if matches!(node.shape, Shape::Int(_)) { "a whole number" } else { "a number" };
            match (bounds.min, bounds.max) {
                (Some(min), Some(max)) => format!("{number} between {min} and {max}"),
                (Some(min), None) => format!("{number} of at least {min}"),
                (None, Some(max)) => format!("{number} of at most {max}"),
                (None, None) => number.to_owned(),
            }
        }
        Shape::Str => "a string".to_owned(),
        Shape::Matching(pattern) => pattern.plain.to_owned(),
        Shape::Words(words) => choice(words.iter().map(|word| format!("`{word}`")).collect()),
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
pub(crate) fn alternatives<'n>(nodes: impl Iterator<Item = &'n Node>, release: Release) -> String {
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
pub(crate) fn joined(words: &[String], with: &str) -> String {
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

/// What a value is: "a string", "the whole number `42`".
pub(crate) fn what_it_is(value: Value<'_>) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(truth) => format!("the boolean `{truth}`"),
        Value::Int(int) => format!("the number `{int}`"),
        Value::BigInt(digits) => format!("the number `{digits}`"),
        Value::Float(float) => format!("the number `{float}`"),
        Value::Str(_) => "a string".to_owned(),
        Value::Bytes(_) => "binary data".to_owned(),
        Value::List(_) | Value::Pairs(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
        Value::Other => "a date, a time or a set".to_owned(),
    }
}

/// What kind of thing a value is, without the value.
pub(crate) fn kind_of(value: Value<'_>) -> String {
    match value {
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Int(_) | Value::BigInt(_) | Value::Float(_) => "a number".to_owned(),
        other => what_it_is(other),
    }
}

/// Keys whose values are not to be shown.
const SECRETS: [&str; 8] = [
    "activation_key",
    "hashed_passwd",
    "passwd",
    "password",
    "plain_text_passwd",
    "registration_key",
    "server_password",
    "token",
];

/// Whether the value at a path is a secret, which must not get into a message.
pub(crate) fn is_secret(path: &str) -> bool {
    let is_name = |part: &&str| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit());
    let last = path.split(['.', '[', ']']).rfind(is_name).unwrap_or_default().replace('-', "_");
    SECRETS.contains(&last.as_str()) || last.ends_with("_private") || path.starts_with("chpasswd.list")
}
