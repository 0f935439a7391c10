//! Which keys there are.

mod deprecated_key;
mod missing_key;
mod unknown_key;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[&unknown_key::RULE, &missing_key::RULE, &deprecated_key::RULE];
