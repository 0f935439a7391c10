//! Which keys there are.

mod deprecated_key;
mod duplicate_key;
mod failing_module;
mod failing_validator;
mod meant;
mod missing_key;
mod unknown_key;
mod unsortable_keys;
mod unsupported_by_release;
mod unused_on_distribution;

use crate::lint::Rule;
pub(crate) use unsupported_by_release::does_without;

pub(crate) const RULES: &[&Rule] = &[
    &unknown_key::RULE,
    &unsupported_by_release::RULE,
    &unused_on_distribution::RULE,
    &duplicate_key::RULE,
    &missing_key::RULE,
    &failing_validator::RULE,
    &unsortable_keys::RULE,
    &failing_module::RULE,
    &deprecated_key::RULE,
];
