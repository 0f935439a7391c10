//! Values as YAML.

use crate::value::{Data, Key, Value};

/// A value as YAML in block style, keys in order.
#[must_use]
pub(crate) fn block(value: &Value) -> String {
    let mut text = String::new();
    match &value.data {
        Data::Map(map) if !map.is_empty() => entries(value, 0, &mut text),
        Data::List(items) if !items.is_empty() => entries(value, 0, &mut text),
        _ => {
            text.push_str(&flow(value));
            text.push('\n');
        }
    }
    text
}

/// What is deeper than this stands on one line.
const DEPTH: usize = 40;

fn entries(value: &Value, depth: usize, text: &mut String) {
    let indent = "    ".repeat(depth);
    match &value.data {
        Data::Map(map) => {
            let mut sorted: Vec<(&Key, &Value)> = map.iter().collect();
            sorted.sort_by_key(|(key, _)| key.shown());
            for (key, value) in sorted {
                text.push_str(&format!("{indent}{}:", flow_text(&key.shown(), matches!(key, Key::Text(_)))));
                nested(value, depth, text);
            }
        }
        Data::List(items) => {
            for item in items {
                text.push_str(&format!("{indent}-"));
                nested(item, depth, text);
            }
        }
        _ => {}
    }
}

fn nested(value: &Value, depth: usize, text: &mut String) {
    let is_block = match &value.data {
        Data::Map(map) => !map.is_empty(),
        Data::List(items) => !items.is_empty(),
        _ => false,
    };
    if is_block && depth < DEPTH {
        text.push('\n');
        entries(value, depth + 1, text);
    } else {
        text.push_str(&format!(" {}\n", flow(value)));
    }
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => flow_text(text, true),
        Data::Null => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Data::Map(map) => {
            let entry =
                |(key, value): (&Key, &Value)| format!("{}: {}", flow_text(&key.shown(), true), flow(value));
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => value.shown(),
    }
}

/// Text in quotes, unless it is plain and can be read as nothing else.
fn flow_text(text: &str, is_text: bool) -> String {
    let is_safe = |char: char| char.is_ascii_alphanumeric() || "/_.-@+ :".contains(char);
    let is_plain = !is_text
        || text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/')
            && text.chars().all(is_safe)
            && !text.ends_with([' ', ':'])
            && !text.contains(": ")
            && !text.contains(" #")
            && !matches!(
                text.to_ascii_lowercase().as_str(),
                "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
            );
    if is_plain {
        return text.to_owned();
    }
    // JSON's strings are YAML's.
    serde_json::Value::String(text.to_owned()).to_string()
}
