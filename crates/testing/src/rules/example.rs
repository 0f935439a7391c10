//! An example in the documentation of a rule.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::RuleDocs;

/// A fenced text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it shows: `fail`, `pass` or `fixed`.
    pub(super) kind: String,
    /// What else follows the fence, with the language.
    attributes: Vec<String>,
    written: String,
}

impl Example {
    /// Whether a word follows the fence.
    #[must_use]
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|found| found == attribute)
    }

    /// The value of `NAME=VALUE` after the fence.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let pairs = self.attributes.iter().filter_map(|attribute| attribute.split_once('='));
        pairs.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// The bytes that it stands for.
    ///
    /// # Panics
    /// It is not valid base64, though its fence says so.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        if !self.has("base64") {
            return self.text().into_bytes();
        }
        match STANDARD.decode(self.written.trim()) {
            Ok(bytes) => bytes,
            Err(error) => panic!("{error}: {}", self.written),
        }
    }

    /// The text; escapes make visible what an editor would hide.
    pub(super) fn text(&self) -> String {
        self.written.replace('␉', "\t").replace('␍', "\r").replace("⟨BOM⟩", "\u{feff}")
    }
}

impl RuleDocs {
    /// The examples, in their order.
    pub fn examples(&self) -> impl Iterator<Item = Example> + use<> {
        let mut examples: Vec<Example> = Vec::new();
        let mut inside = false;
        for line in self.docs.lines() {
            match line.strip_prefix("```") {
                Some("") => inside = false,
                Some(fence) => {
                    let mut words = fence.split(',').map(str::to_owned);
                    let language = words.next().unwrap_or_default();
                    inside = ["yaml", "base64"].contains(&language.as_str());
                    if inside {
                        let kind = words.next().unwrap_or_default();
                        let attributes = words.chain([language]).collect();
                        examples.push(Example { kind, attributes, written: String::new() });
                    }
                }
                None if inside => {
                    if let Some(example) = examples.last_mut() {
                        example.written.push_str(line);
                        example.written.push('\n');
                    }
                }
                None => {}
            }
        }
        examples.into_iter()
    }

    /// The headings outside of examples, which may have comments that look like some.
    pub(super) fn headings(&self) -> Vec<&'static str> {
        let mut inside = false;
        let outside = self.docs.lines().filter(|line| {
            inside ^= line.starts_with("```");
            !inside
        });
        outside.filter(|line| line.starts_with("## ")).collect()
    }
}
