//! What values are.

mod invalid_value;
mod type_mismatch;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&type_mismatch::RULE, &invalid_value::RULE];
