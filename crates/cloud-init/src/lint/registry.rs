//! Every rule.

use dryboot_lint::Severity;

use super::Context;
use crate::rules::{keys, text, values};

/// A check with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect: `unknown-key`.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// Markdown: a title, a summary in one sentence, then the headings `What it does`, `Why it is bad`, `What to do`
    /// and `Examples`, whose blocks are run as tests.
    pub docs: &'static str,
    pub(crate) check: fn(&mut Context<'_>),
}

impl Rule {
    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// The rules, by subject.
pub static RULES: &[&Rule] = &[
    &text::missing_header::RULE,
    &text::not_utf8::RULE,
    &text::yaml_syntax::RULE,
    &text::not_a_mapping::RULE,
    &text::wrong_dialect::RULE,
    &keys::unknown_key::RULE,
    &keys::unsupported_by_release::RULE,
    &keys::duplicate_key::RULE,
    &keys::missing_key::RULE,
    &keys::deprecated_key::RULE,
    &values::type_mismatch::RULE,
    &values::invalid_value::RULE,
];
