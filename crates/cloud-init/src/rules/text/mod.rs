//! The text as a whole: what it is, and whether it can be read.

mod dialects;
mod limit_exceeded;
mod missing_header;
mod not_a_mapping;
mod not_utf8;
mod pasted_formatting;
mod tab_indentation;
mod unused_suppression;
pub(super) mod wrong_dialect;
mod yaml_help;
mod yaml_syntax;

use crate::lint::Rule;

/// What carries the parts of user-data has these faults, too.
pub(crate) const ABOUT_BOTH: [&Rule; 2] = [&limit_exceeded::RULE, &not_utf8::RULE];

pub(crate) const RULES: &[&Rule] = &[
    &missing_header::RULE,
    &wrong_dialect::RULE,
    &limit_exceeded::RULE,
    &not_utf8::RULE,
    &pasted_formatting::RULE,
    &tab_indentation::RULE,
    &yaml_syntax::RULE,
    &unused_suppression::RULE,
    &not_a_mapping::RULE,
];
