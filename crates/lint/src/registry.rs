//! All rules, in the order in which they run and are listed.

use crate::rule::Rule;
use crate::rules::{
    broken_gzip, ignored_document, limit_exceeded, missing_header, tab_indentation, type_mismatch,
    unknown_key, unused_suppression, wrong_dialect, yaml_syntax,
};

/// Every rule. What concerns the text as a whole comes first.
pub static RULES: &[&Rule] = &[
    // The text as a whole.
    &broken_gzip::RULE,
    &missing_header::RULE,
    &limit_exceeded::RULE,
    &ignored_document::RULE,
    &yaml_syntax::RULE,
    &tab_indentation::RULE,
    // Keys and types.
    &unknown_key::RULE,
    &wrong_dialect::RULE,
    &type_mismatch::RULE,
    // Files.
    // Units.
    // Users.
    // Values.
    // Lint itself.
    &unused_suppression::RULE,
];

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
