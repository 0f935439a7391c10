//! What is not repeated: secrets, by their place and by their key.

use std::borrow::Cow;

use dryboot_lint::secrets;
use dryboot_yaml::Span;

use crate::lint::is_secret;

/// What stands for a secret.
pub(super) const MASK: &str = "***";

/// Which values are secrets.
pub(super) struct Hidden {
    /// Where they stand in the text that was read: in order, and apart from each other. None when nothing is to be
    /// hidden.
    spans: Option<Vec<Span>>,
}

impl Hidden {
    pub(super) fn new(spans: Option<&[Span]>) -> Self {
        Self { spans: spans.map(|spans| Span::apart(spans.to_vec())) }
    }

    /// Whether the key at a path tells that its value is one.
    pub(super) fn hides(&self, path: &str) -> bool {
        self.spans.is_some() && is_secret(path)
    }

    /// Whether a scalar is one, or holds one.
    pub(super) fn hides_scalar(&self, text: &str, place: Span) -> bool {
        self.spans.as_ref().is_some_and(|spans| {
            let first = spans.partition_point(|secret| secret.end <= place.start);
            spans.get(first).is_some_and(|secret| secret.start < place.end) || secrets::any(text)
        })
    }

    /// A text with its secrets masked. Every character keeps its place and its length.
    pub(super) fn in_text<'t>(text: &'t str, spans: Option<&[Span]>) -> Cow<'t, str> {
        let Some(spans) = spans else { return Cow::Borrowed(text) };
        let all: Vec<Span> = spans.iter().copied().chain(by_key(text)).collect();
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        for Span { start, end } in Span::apart(all) {
            let (Some(before), Some(secret)) = (text.get(from..start), text.get(start..end)) else {
                continue;
            };
            masked.push_str(before);
            masked.extend(secret.chars().map(|char| if char.is_whitespace() { char } else { as_long(char) }));
            from = end;
        }
        masked.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(masked)
    }
}

/// A character that masks one and takes as many bytes.
fn as_long(char: char) -> char {
    match char.len_utf8() {
        1 => '*',
        2 => '×',
        3 => '•',
        _ => '𝄪',
    }
}

/// What follows keys of secrets, to the end of the line and on the lines below that belong to it. It is found line
/// by line, since the text may not be YAML.
fn by_key(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut inside: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let end = start + line.len();
        if line.trim().is_empty() || inside.is_some_and(|key| key < indent) {
            if inside.is_some() {
                found.push(Span::new(start, end));
            }
            start = end;
            continue;
        }
        let colons = line.match_indices(':').map(|(at, _)| at);
        let key = |at: &usize| {
            let before = line[..*at].trim_end_matches([' ', '"', '\'']);
            let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
            let name = &before[before.trim_end_matches(is_name).len()..];
            is_secret(name.trim_start_matches('-'))
        };
        let secret = colons.into_iter().find(key);
        // An item begins with a key of its own.
        let first = line.len() - line.trim_start_matches([' ', '-']).len();
        inside = secret.map(|_| first);
        found.extend(secret.map(|at| Span::new(start + at + 1, end)));
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_secret_key_is_masked() {
        let text = "users:\n- {name: a, passwd: 'ü\\q'}\n- password: \"one\n    two\"\n  name: b\n";
        let masked = Hidden::in_text(text, Some(&[]));
        let wanted = "users:\n- {name: a, passwd: *×****\n- password: ****\n    ****\n  name: b\n";
        assert_eq!(masked, wanted);
        assert_eq!(masked.len(), text.len());
        assert_eq!(Hidden::in_text(text, None), text);
    }

    #[test]
    fn what_is_found_elsewhere_is_masked_where_it_stands() {
        let text = "runcmd: [curl https://me:s3cr3t@host/x]\n";
        let start = text.find("s3cr3t").unwrap_or_default();
        let masked = Hidden::in_text(text, Some(&[Span::new(start, start + 6)]));
        assert_eq!(masked, "runcmd: [curl https://me:******@host/x]\n");
    }
}
