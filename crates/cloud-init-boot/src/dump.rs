//! Values as YAML.

use dryboot_machine::Cause;
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Dialect, Style};

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
    let mut block = Block { text: String::new(), width };
    if is_block(value) {
        block.entries(value, 0, false);
    } else {
        flow(value, &mut block.text);
        block.text.push('\n');
    }
    block.text
}

/// What is deeper than this stands on one line.
const DEPTH: usize = 40;

/// Whether there is something in a value that has lines of its own.
fn is_block(value: &Value) -> bool {
    match &value.data {
        Data::Map(map) => !map.is_empty(),
        Data::List(items) => !items.is_empty(),
        _ => false,
    }
}

/// YAML in block style, as far as it is written.
struct Block {
    text: String,
    width: usize,
}

impl Block {
    /// Writes what is in a value. What is in the item of a list goes on in the item's line.
    fn entries(&mut self, value: &Value, depth: usize, goes_on: bool) {
        let mut goes_on = goes_on;
        let mut begin = |block: &mut Self| {
            let indent = if std::mem::take(&mut goes_on) { 0 } else { block.width * depth };
            block.indent(indent);
        };
        match &value.data {
            Data::Map(map) => {
                let mut sorted: Vec<(&Key, &Value)> = map.iter().collect();
                sorted.sort_by(|(one, _), (other, _)| one.as_shown().cmp(&other.as_shown()));
                for (key, value) in sorted {
                    begin(self);
                    flow_key(key, &mut self.text);
                    self.text.push(':');
                    // Lists stand as deep as the key that they belong to.
                    let below = if value.list().is_some() { depth } else { depth + 1 };
                    if is_block(value) && below < DEPTH {
                        self.text.push('\n');
                        self.entries(value, below, false);
                    } else {
                        self.line(value);
                    }
                }
            }
            Data::List(items) => {
                for item in items {
                    begin(self);
                    self.text.push('-');
                    if is_block(item) && depth + 1 < DEPTH {
                        self.indent(self.width - 1);
                        self.entries(item, depth + 1, true);
                    } else {
                        self.line(item);
                    }
                }
            }
            _ => {}
        }
    }

    /// Ends the line with a value.
    fn line(&mut self, value: &Value) {
        self.text.push(' ');
        flow(value, &mut self.text);
        self.text.push('\n');
    }

    fn indent(&mut self, spaces: usize) {
        self.text.extend(std::iter::repeat_n(' ', spaces));
    }
}

/// Writes a value on one line.
fn flow(value: &Value, out: &mut String) {
    match &value.data {
        Data::Text(text) => flow_text(text, out),
        Data::Null => out.push_str("null"),
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::List(items) => {
            out.push('[');
            separated(items, out, flow);
            out.push(']');
        }
        Data::Map(map) => {
            out.push('{');
            separated(map, out, |(key, value), out| {
                flow_key(key, out);
                out.push_str(": ");
                flow(value, out);
            });
            out.push('}');
        }
        _ => out.push_str(&value.shown()),
    }
}

fn separated<T>(items: impl IntoIterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
}

/// Writes a key, which is read back as what it is.
fn flow_key(key: &Key, out: &mut String) {
    match key {
        Key::Null => out.push_str("null"),
        Key::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Key::Text(text) => flow_text(text, out),
        Key::Int(_) | Key::Other(_) => out.push_str(&key.shown()),
    }
}

/// Whether text is one plain scalar to YAML, whatever that stands for: most is, and reading it to find out takes long.
fn is_one_scalar(text: &str) -> bool {
    // Options of commands begin with hyphens.
    let bare = text.strip_prefix("--").or_else(|| text.strip_prefix('-')).unwrap_or(text);
    let goes_on = |pair: &[u8]| {
        pair != b": " && is_printable(pair[1]) && !matches!(pair[1], b'#' | b',' | b'[' | b']' | b'{' | b'}')
    };
    bare.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '/')
        && bare.as_bytes().windows(2).all(goes_on)
        && !bare.ends_with([' ', ':'])
}

/// Whether a byte is a character of ASCII that can be seen, or a blank.
fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Words that stand for truth or for nothing.
const WORDS: [&str; 7] = ["no", "null", "off", "on", "true", "false", "yes"];

/// Whether text without quotes is read as nothing else.
fn reads_as_itself(text: &str) -> bool {
    if is_one_scalar(text) {
        // A number or a date begins with a digit or with a sign.
        let is_word = || WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
        if !text.starts_with(|char: char| char.is_ascii_digit() || char == '-') && !is_word() {
            return true;
        }
        return resolve(text, Style::Plain, None, Dialect::PyYaml) == Ok(Scalar::Text);
    }
    // Inside of `[]` and `{}`, more has a meaning than outside.
    let is_outside = !text.contains([',', '[', ']', '{', '}']);
    let nowhere = |_: dryboot_text::Span| Cause::Generated("");
    is_outside && read(text, &nowhere).is_ok_and(|value| value.text() == Some(text))
}

/// Writes text in quotes, unless it can be read as nothing else.
fn flow_text(text: &str, out: &mut String) {
    if text.is_empty() || !text.bytes().all(is_printable) && text.contains(char::is_control) {
        // JSON's strings are YAML's.
        out.push_str(&serde_json::Value::String(text.to_owned()).to_string());
    } else if reads_as_itself(text) {
        out.push_str(text);
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    }
}

#[cfg(test)]
mod tests {
    use super::{block, is_one_scalar, reads_as_itself};
    use crate::read::read;
    use dryboot_machine::Cause;

    #[test]
    fn a_scalar_is_known_without_reading() {
        let scalars = [
            "/x",
            "a=b",
            "a  b",
            "null x",
            "e10",
            "nan",
            "sh -c 'x' > \"$y\" | z",
            "ALL=(ALL) NOPASSWD:ALL",
            "y",
            "08",
            "yes",
            "No",
            "1.5",
            "0644",
            "1:30",
            "2026-11-27",
            "null",
            "-c",
            "--now",
            "-1",
            "-/x",
            "--1",
        ];
        for text in scalars {
            assert!(is_one_scalar(text), "{text}");
            let value = read(text, &|_| Cause::Generated("")).expect("YAML");
            assert_eq!(reads_as_itself(text), value.text() == Some(text), "{text}");
        }
        for text in ["a: b", "a #b", "a:", "", "a ", "[a]", "- a", "? a", "-", "--", "---", "--- a"] {
            assert!(!is_one_scalar(text), "{text}");
        }
    }

    #[test]
    fn keys_are_read_back_as_what_they_are() {
        let text = "null: a\ntrue: b\n8: c\n'on': d\n'8': e\n";
        let value = read(text, &|_| Cause::Generated("")).expect("YAML");
        assert_eq!(read(&block(&value), &|_| Cause::Generated("")), Ok(value));
    }
}
