//! All rules, in the order in which they run and are listed.

use dryboot_lint::subset::{chosen, count};

use crate::lint::rule::Rule;
use crate::rules::{
    bad_hostname, broken_gzip, comment_behind_value, core_keys_replaced, drop_in_not_written, drop_in_suffix,
    duplicate_key, duplicate_path, duplicate_unit, enable_without_install, existing_user_fields,
    exported_variable, formatted_at_every_boot, hanging_boot, hyphenated_key, ignored_document,
    ignored_network_command, incomplete_unit, invalid_dependency_name, invalid_directive_value,
    invalid_discovery_url, invalid_hosts_setting, invalid_permissions, invalid_unit_name, invalid_value,
    limit_exceeded, lost_line_ends, lost_permission_bits, malformed_mime, malformed_ssh_key,
    masked_unit_conflict, mismatched_unit_path, misread_permissions, missing_header, missing_network_config,
    missing_path, misspelt_variable, null_value, obsolete_etcd_option, octal_number, oneshot_restart,
    path_too_long, plain_text_password, read_only_path, refused_command, relative_path, remote_key_import,
    repeated_exec_start, secret_in_plain_sight, section_not_shipped, shell_in_command, tab_indentation,
    template_command, type_mismatch, undecodable_content, unfilled_variable, unit_content_not_ini,
    unit_does_nothing, unit_never_started, unit_not_in_image, unit_without_name, unknown_directive,
    unknown_key, unknown_unit_section, unknown_unit_suffix, unread_network_file, unread_user_data,
    unset_variable, unsupported_password_hash, unused_suppression, user_data_too_long, user_without_name,
    weak_password_hash, weak_ssh_key, world_writable_file, wrong_dialect, yaml_syntax, yaml11_boolean,
};

/// Every rule. What concerns the text as a whole comes first.
const ALL: &[&Rule] = &[
    // The text as a whole.
    &broken_gzip::RULE,
    &malformed_mime::RULE,
    &missing_header::RULE,
    &lost_line_ends::RULE,
    &limit_exceeded::RULE,
    &ignored_document::RULE,
    &yaml_syntax::RULE,
    &tab_indentation::RULE,
    // Where the text is going to be read.
    &unread_user_data::RULE,
    &user_data_too_long::RULE,
    &missing_network_config::RULE,
    &unfilled_variable::RULE,
    // Keys and types.
    &unknown_key::RULE,
    &wrong_dialect::RULE,
    &type_mismatch::RULE,
    &duplicate_key::RULE,
    &hyphenated_key::RULE,
    &section_not_shipped::RULE,
    &obsolete_etcd_option::RULE,
    // Files.
    &undecodable_content::RULE,
    &missing_path::RULE,
    &read_only_path::RULE,
    &relative_path::RULE,
    &path_too_long::RULE,
    &duplicate_path::RULE,
    &invalid_permissions::RULE,
    &lost_permission_bits::RULE,
    &misread_permissions::RULE,
    &world_writable_file::RULE,
    &secret_in_plain_sight::RULE,
    // Units.
    &unit_without_name::RULE,
    &unknown_unit_suffix::RULE,
    &invalid_unit_name::RULE,
    &template_command::RULE,
    &duplicate_unit::RULE,
    &unit_does_nothing::RULE,
    &unit_never_started::RULE,
    &unit_content_not_ini::RULE,
    &unknown_unit_section::RULE,
    &unknown_directive::RULE,
    &refused_command::RULE,
    &shell_in_command::RULE,
    &incomplete_unit::RULE,
    &repeated_exec_start::RULE,
    &oneshot_restart::RULE,
    &invalid_directive_value::RULE,
    &invalid_dependency_name::RULE,
    &comment_behind_value::RULE,
    &unset_variable::RULE,
    &exported_variable::RULE,
    &unit_not_in_image::RULE,
    &hanging_boot::RULE,
    &formatted_at_every_boot::RULE,
    &unread_network_file::RULE,
    &mismatched_unit_path::RULE,
    &enable_without_install::RULE,
    &ignored_network_command::RULE,
    &masked_unit_conflict::RULE,
    &drop_in_not_written::RULE,
    &drop_in_suffix::RULE,
    // Users.
    &user_without_name::RULE,
    &existing_user_fields::RULE,
    &plain_text_password::RULE,
    &weak_password_hash::RULE,
    &unsupported_password_hash::RULE,
    &malformed_ssh_key::RULE,
    &weak_ssh_key::RULE,
    &core_keys_replaced::RULE,
    &remote_key_import::RULE,
    // Values.
    &invalid_value::RULE,
    &invalid_hosts_setting::RULE,
    &invalid_discovery_url::RULE,
    &bad_hostname::RULE,
    &misspelt_variable::RULE,
    &octal_number::RULE,
    &yaml11_boolean::RULE,
    &null_value::RULE,
    // Lint itself.
    &unused_suppression::RULE,
];

/// The rules about what the validator sees: a build that must be small has these alone.
const FIRST: [&str; 21] = [
    "broken-gzip",
    "malformed-mime",
    "missing-header",
    "lost-line-ends",
    "limit-exceeded",
    "ignored-document",
    "yaml-syntax",
    "tab-indentation",
    "unknown-key",
    "wrong-dialect",
    "type-mismatch",
    "duplicate-key",
    "section-not-shipped",
    "obsolete-etcd-option",
    "undecodable-content",
    "missing-path",
    "read-only-path",
    "invalid-value",
    "invalid-discovery-url",
    "null-value",
    "unused-suppression",
];

const fn names() -> [&'static str; ALL.len()] {
    let mut names = [""; ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ALL[at].name;
        at += 1;
    }
    names
}

/// The names of all rules, also of those that this build does not have.
pub static NAMES: [&str; ALL.len()] = names();

/// The names of the rules that this build has.
const WANTED: &[&str] = if cfg!(feature = "full") { &names() } else { &FIRST };

const _: () = assert!(count(&FIRST, &NAMES) == FIRST.len(), "a name in `FIRST` is not that of a rule");

/// The rules of this build, in the order in which they run.
pub static RULES: [&Rule; count(&NAMES, WANTED)] = chosen(ALL, &NAMES, WANTED);

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
