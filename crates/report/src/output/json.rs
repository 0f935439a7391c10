//! JSON that is harmless where it is looked at: what cannot be seen is escaped, as JSON does it.

use serde::Serialize;

use super::line::is_command;
use super::shown::is_printable;

/// A value as JSON, in several lines.
pub(super) fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string_pretty(value)?;
    let mut escaped = String::with_capacity(json.len() + 1);
    for char in json.chars() {
        // What is escaped here can only stand in a string.
        if char == '\n' || is_printable(char) && !(char == '[' && is_command(&escaped)) {
            escaped.push(char);
        } else {
            let mut units = [0; 2];
            for unit in char.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped.push('\n');
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_comes_back() {
        let value = [
            "a\u{1b}\u{7f}\u{9b}\n\u{202e}",
            "\u{2028}\u{feff}\u{e0041}",
            "::x ##[error] ##vso[y]",
            "ü 日 😀",
        ];
        let json = json(&value).expect("JSON");
        assert!(json.chars().all(|char| char == '\n' || is_printable(char)), "{json}");
        assert!(!json.contains("##[") && !json.contains("##vso["), "{json}");
        assert!(json.contains("\\u001b\\u007f\\u009b") && json.contains("\\udb40\\udc41"), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("JSON"), value);
    }
}
