//! What values are.

mod colon_in_command;
mod invalid_value;
mod type_mismatch;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&colon_in_command::RULE, &type_mismatch::RULE, &invalid_value::RULE];
