//! Telling Ignition configs apart: JSON with a version in one of two places.
//!
//! The text is checked to be JSON first, so that a scan for two keys can trust its shape. A
//! typed reading would do the same, with the tables for numbers that the page then has to carry.

use serde::de::IgnoredAny;

/// Whether the bytes are JSON with a whole number as `ignitionVersion`, or with a string as
/// `ignition.version`.
pub(crate) fn is_ignition(bytes: &[u8]) -> bool {
    let begins_as_object = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if !begins_as_object || serde_json::from_slice::<IgnoredAny>(bytes).is_err() {
        return false;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    match (last_value(text, &["ignitionVersion"]), last_value(text, &["ignition", "version"])) {
        (Some(version), _) if is_integer(version) => true,
        // Go gives up on the whole text when a value does not fit.
        (Some(version), _) if version != "null" => false,
        (_, Some(version)) => version.starts_with('"'),
        _ => false,
    }
}

fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The source of the value at a path of keys; of equal keys the last one's, as in Go.
fn last_value<'t>(text: &'t str, path: &[&str]) -> Option<&'t str> {
    let mut found = None;
    let mut keys: Vec<&str> = Vec::new();
    let mut depth = 0_usize;
    let mut tokens = Tokens { text, at: 0 }.peekable();
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                keys.truncate(depth);
            }
            _ if tokens.peek() == Some(&":") => {
                tokens.next();
                keys.truncate(depth.saturating_sub(1));
                // Only keys of objects inside objects make a path.
                if keys.len() + 1 == depth {
                    keys.push(token.trim_matches('"'));
                }
                if keys == path {
                    found = tokens.peek().copied();
                }
            }
            _ => {}
        }
    }
    found
}

/// The tokens of a text that is JSON.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.text.get(self.at..)?;
        let token = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        let bytes = token.as_bytes();
        let length = match bytes.first()? {
            b'"' => {
                let mut end = 1;
                while bytes.get(end).is_some_and(|&byte| byte != b'"') {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                end + 1
            }
            b'{' | b'}' | b'[' | b']' | b':' => 1,
            _ => token.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(token.len()),
        };
        self.at += rest.len() - token.len() + length;
        token.get(..length)
    }
}

#[cfg(test)]
mod tests {
    use super::is_ignition;

    #[test]
    fn only_a_version_in_its_place_makes_an_ignition_config() {
        for good in [
            r#"{"ignitionVersion": 1}"#,
            r#" {"ignition": {"version": "2.0.0", "config": {}}, "storage": {"files": [{"path": "/a"}]}}"#,
            r#"{"systemd": {"units": [{"name": "a \" b"}]}, "ignition": {"config": {}, "version": "3.0.0"}}"#,
            r#"{"ignition": {"version": null}, "ignitionVersion": 1}"#,
            r#"{"ignition": {"version": "2.0.0"}, "ignitionVersion": null}"#,
        ] {
            assert!(is_ignition(good.as_bytes()), "{good}");
        }
        for bad in [
            r#"{"ignition": {"version": 2}}"#,
            r#"{"ignition": null, "storage": {}}"#,
            r#"{"ignition": {"config": {"version": "2.0.0"}}}"#,
            r#"{"storage": [{"ignition": {"version": "2.0.0"}}]}"#,
            r#"{"ignitionVersion": 1.5}"#,
            r#"{"ignitionVersion": "1"}"#,
            r#"{"ignitionVersion": 1,}"#,
            r#"["ignitionVersion", 1]"#,
            r#""ignitionVersion": 1"#,
            "{}",
        ] {
            assert!(!is_ignition(bad.as_bytes()), "{bad}");
        }
        let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(is_ignition(format!(r#"{{"ignitionVersion": 1, "a": {nested}}}"#).as_bytes()));
    }
}
