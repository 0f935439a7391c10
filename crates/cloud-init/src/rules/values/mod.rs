//! What values are.

mod invalid_value;
mod none_as_text;
mod null_value;
mod type_mismatch;
mod unfilled_template;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &null_value::RULE,
    &none_as_text::RULE,
    &unfilled_template::RULE,
    &type_mismatch::RULE,
    &invalid_value::RULE,
];
