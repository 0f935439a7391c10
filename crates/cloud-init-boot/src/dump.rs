//! Values as YAML.

use dryboot_machine::Cause;

use crate::read::read;
use crate::value::{Data, Key, Value};

/// A value as YAML in block style, keys in order.
#[must_use]
pub(crate) fn block(value: &Value) -> String {
    block_by(value, 4)
}

/// The same, with an indentation of so many spaces.
#[must_use]
pub(crate) fn block_by(value: &Value, width: usize) -> String {
    let mut text = String::new();
    match &value.data {
        Data::Map(map) if !map.is_empty() => entries(value, 0, width, &mut text),
        Data::List(items) if !items.is_empty() => entries(value, 0, width, &mut text),
        _ => {
            text.push_str(&flow(value));
            text.push('\n');
        }
    }
    text
}

/// What is deeper than this stands on one line.
const DEPTH: usize = 40;

fn entries(value: &Value, depth: usize, width: usize, text: &mut String) {
    let indent = " ".repeat(width * depth);
    match &value.data {
        Data::Map(map) => {
            let mut sorted: Vec<(&Key, &Value)> = map.iter().collect();
            sorted.sort_by_key(|(key, _)| key.shown());
            for (key, value) in sorted {
                text.push_str(&format!("{indent}{}:", flow_key(key)));
                // Lists stand as deep as the key that they belong to.
                let below = if value.list().is_some() { depth } else { depth + 1 };
                nested(value, below, width, text);
            }
        }
        Data::List(items) => {
            for item in items {
                text.push_str(&format!("{indent}-"));
                let start = text.len();
                nested(item, depth + 1, width, text);
                // What is below an item begins on its line.
                let below = text.get(start..).and_then(|below| below.strip_prefix('\n'));
                if let Some(below) = below.and_then(|below| below.strip_prefix(&indent)).map(str::to_owned) {
                    text.truncate(start);
                    text.push_str(&below[1..]);
                }
            }
        }
        _ => {}
    }
}

fn nested(value: &Value, depth: usize, width: usize, text: &mut String) {
    let is_block = match &value.data {
        Data::Map(map) => !map.is_empty(),
        Data::List(items) => !items.is_empty(),
        _ => false,
    };
    if is_block && depth < DEPTH {
        text.push('\n');
        entries(value, depth, width, text);
    } else {
        text.push_str(&format!(" {}\n", flow(value)));
    }
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => flow_text(text),
        Data::Null => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Data::Map(map) => {
            let entry = |(key, value): (&Key, &Value)| format!("{}: {}", flow_key(key), flow(value));
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => value.shown(),
    }
}

/// A key, which is read back as what it is.
fn flow_key(key: &Key) -> String {
    match key {
        Key::Null => "null".to_owned(),
        Key::Bool(truth) => truth.to_string(),
        Key::Text(text) => flow_text(text),
        Key::Int(_) | Key::Other(_) => key.shown(),
    }
}

/// Words that stand for truth or for nothing.
const WORDS: [&str; 7] = ["no", "null", "off", "on", "true", "false", "yes"];

/// Whether text certainly is nothing else to YAML: most is, and reading it to find out takes long.
fn is_plain(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/')
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"#,[]{}".contains(&byte))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Text in quotes, unless it can be read as nothing else.
fn flow_text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let is_simple = !text.is_empty() && !text.contains(char::is_control);
    let reads_as_itself = || {
        // Inside of `[]` and `{}`, more has a meaning than outside.
        let is_outside = !text.contains([',', '[', ']', '{', '}']);
        let nowhere = |_: dryboot_text::Span| Cause::Generated("");
        is_outside && read(text, &nowhere).is_ok_and(|value| value.text() == Some(text))
    };
    if is_simple && reads_as_itself() {
        return text.to_owned();
    }
    if is_simple {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // JSON's strings are YAML's.
    serde_json::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::{block, is_plain};
    use crate::read::read;
    use dryboot_machine::Cause;

    #[test]
    fn what_is_plain_is_read_back_as_it_is() {
        let plain =
            ["/x", "a=b", "a  b", "null x", "e10", "nan", "sh -c 'x' > \"$y\" | z", "ALL=(ALL) NOPASSWD:ALL"];
        for text in plain {
            assert!(is_plain(text), "{text}");
            let value = read(text, &|_| Cause::Generated("")).expect("YAML");
            assert_eq!(value.text(), Some(text));
        }
        for text in ["yes", "No", "a: b", "a #b", "a:", "1.5", "", "a ", "[a]"] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn keys_are_read_back_as_what_they_are() {
        let text = "null: a\ntrue: b\n8: c\n'on': d\n'8': e\n";
        let value = read(text, &|_| Cause::Generated("")).expect("YAML");
        assert_eq!(read(&block(&value), &|_| Cause::Generated("")), Ok(value));
    }
}
