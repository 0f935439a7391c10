//! The text as a whole: what it is, and whether it can be read.

mod limit_exceeded;
mod missing_header;
mod not_a_mapping;
mod not_utf8;
mod unused_suppression;
mod yaml_syntax;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &missing_header::RULE,
    &limit_exceeded::RULE,
    &not_utf8::RULE,
    &yaml_syntax::RULE,
    &unused_suppression::RULE,
    &not_a_mapping::RULE,
];
