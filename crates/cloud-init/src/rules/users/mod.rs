//! Users, how they get in, and the name of the machine.

mod accounts;
mod groups;
mod host_names;
mod passwords;
mod ssh_keys;

mod bad_group_name;
mod bad_hostname;
mod bad_user_name;
mod duplicate_user;
mod existing_user_fields;
mod expiring_password;
mod failing_user;
mod hostname_by_command;
mod hostname_not_set;
mod ignored_import_id;
mod ignored_password;
mod invalid_doas_rule;
mod invalid_import_id;
mod invalid_password_hash;
mod invalid_ssh_pwauth;
mod invalid_sudo_rule;
mod keys_for_nobody;
mod locked_password;
mod lost_platform_settings;
mod malformed_ssh_key;
mod member_before_user;
mod overwritten_host_file;
mod password_for_nobody;
mod plain_text_password;
mod sshd_config_conflict;
mod sshd_config_replaced;
mod sudo_without_password;
mod users_without_default;
mod weak_password_hash;
mod weak_ssh_key;

use crate::lint::Rule;

pub(crate) use accounts::Account;
pub(crate) use passwords::Secret;

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
    &failing_user::RULE,
    &bad_user_name::RULE,
    &bad_group_name::RULE,
    &member_before_user::RULE,
    &password_for_nobody::RULE,
    &invalid_import_id::RULE,
    &invalid_sudo_rule::RULE,
    &invalid_doas_rule::RULE,
    &sudo_without_password::RULE,
    &existing_user_fields::RULE,
    &duplicate_user::RULE,
    &ignored_password::RULE,
    &ignored_import_id::RULE,
    &bad_hostname::RULE,
    &hostname_not_set::RULE,
    &overwritten_host_file::RULE,
    &lost_platform_settings::RULE,
    &sshd_config_conflict::RULE,
    &invalid_ssh_pwauth::RULE,
    &hostname_by_command::RULE,
    &sshd_config_replaced::RULE,
];
