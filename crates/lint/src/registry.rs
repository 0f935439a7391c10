//! All rules, in the order in which they run and are listed.

use crate::rule::Rule;
use crate::rules::{
    duplicate_key, hyphenated_key, obsolete_etcd_option, remote_key_import, section_not_shipped,
    tab_indentation, type_mismatch, unknown_key, unused_suppression, wrong_dialect, yaml_syntax,
};

/// Every rule. What concerns the text as a whole comes first.
pub static RULES: &[&Rule] = &[
    // The text as a whole.
    &yaml_syntax::RULE,
    &tab_indentation::RULE,
    // Keys and types.
    &unknown_key::RULE,
    &wrong_dialect::RULE,
    &type_mismatch::RULE,
    &duplicate_key::RULE,
    &hyphenated_key::RULE,
    &section_not_shipped::RULE,
    &obsolete_etcd_option::RULE,
    // Files.
    // Units.
    // Users.
    &remote_key_import::RULE,
    // Values.
    // Lint itself.
    &unused_suppression::RULE,
];

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
