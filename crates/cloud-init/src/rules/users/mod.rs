//! Users, how they get in, and the name of the machine.

mod accounts;
mod passwords;
mod ssh_keys;

mod expiring_password;
mod invalid_password_hash;
mod keys_for_nobody;
mod locked_password;
mod malformed_ssh_key;
mod plain_text_password;
mod users_without_default;
mod weak_password_hash;
mod weak_ssh_key;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &users_without_default::RULE,
    &keys_for_nobody::RULE,
    &locked_password::RULE,
    &invalid_password_hash::RULE,
    &plain_text_password::RULE,
    &weak_password_hash::RULE,
    &expiring_password::RULE,
    &malformed_ssh_key::RULE,
    &weak_ssh_key::RULE,
];
