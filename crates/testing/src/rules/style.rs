//! The house style of documentation and messages.

use super::RuleDocs;

const HEADINGS: [&str; 4] = ["## What it does", "## Why it is bad", "## What to do", "## Examples"];

/// In characters.
const LONGEST_LINE: usize = 100;

/// In characters.
const LONGEST_MESSAGE: usize = 200;

impl RuleDocs {
    pub(super) fn check_form(&self) {
        let name = self.name;
        let is_name_char = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(name.bytes().all(is_name_char), "{name}");
        assert!(self.docs.starts_with(&format!("# {name}\n")), "{name}: title");
        assert!(self.summary.ends_with('.'), "{name}: the summary is a sentence: {}", self.summary);
        assert_eq!(self.headings(), HEADINGS, "{name}");
        for kind in ["fail", "pass"] {
            assert!(
                self.examples().any(|example| example.kind == kind),
                "{name}: an example that shall {kind}"
            );
        }
        let is_long = |line: &&str| line.chars().count() > LONGEST_LINE && !has_long_word(line);
        assert_eq!(self.docs.lines().find(is_long), None, "{name}: long lines");
    }
}

/// Keys and paths that nothing can break.
fn has_long_word(line: &str) -> bool {
    line.split(' ').any(|word| word.len() > 60)
}

pub(super) fn check_message(message: &str) {
    assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
    assert!(!message.starts_with(|char: char| char.is_uppercase()), "{message}");
    assert!(message.chars().count() <= LONGEST_MESSAGE, "{message}");
}
