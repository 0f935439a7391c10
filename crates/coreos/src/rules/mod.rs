//! The rules, one file each, with the documentation beside it in Markdown.

/// The Markdown beside a rule. Hosts that fetch it when they need it leave the feature `docs` out.
macro_rules! docs {
    ($file:literal) => {
        if cfg!(feature = "docs") { include_str!($file) } else { "" }
    };
}

pub(crate) mod bad_hostname;
pub(crate) mod broken_gzip;
pub(crate) mod core_keys_replaced;
pub(crate) mod drop_in_not_written;
pub(crate) mod drop_in_suffix;
pub(crate) mod duplicate_key;
pub(crate) mod duplicate_path;
pub(crate) mod duplicate_unit;
pub(crate) mod enable_without_install;
pub(crate) mod existing_user_fields;
pub(crate) mod hyphenated_key;
pub(crate) mod ignored_document;
pub(crate) mod ignored_network_command;
pub(crate) mod incomplete_unit;
pub(crate) mod invalid_dependency_name;
pub(crate) mod invalid_directive_value;
pub(crate) mod invalid_discovery_url;
pub(crate) mod invalid_hosts_setting;
pub(crate) mod invalid_permissions;
pub(crate) mod invalid_unit_name;
pub(crate) mod invalid_value;
pub(crate) mod limit_exceeded;
pub(crate) mod lost_line_ends;
pub(crate) mod lost_permission_bits;
pub(crate) mod malformed_ssh_key;
pub(crate) mod masked_unit_conflict;
pub(crate) mod mismatched_unit_path;
pub(crate) mod misread_permissions;
pub(crate) mod missing_header;
pub(crate) mod missing_network_config;
pub(crate) mod missing_path;
pub(crate) mod misspelt_variable;
pub(crate) mod null_value;
pub(crate) mod obsolete_etcd_option;
pub(crate) mod octal_number;
pub(crate) mod oneshot_restart;
pub(crate) mod path_too_long;
pub(crate) mod plain_text_password;
pub(crate) mod read_only_path;
pub(crate) mod refused_command;
pub(crate) mod relative_path;
pub(crate) mod remote_key_import;
pub(crate) mod repeated_exec_start;
pub(crate) mod secret_in_plain_sight;
pub(crate) mod section_not_shipped;
pub(crate) mod shell_in_command;
pub(crate) mod tab_indentation;
pub(crate) mod template_command;
pub(crate) mod type_mismatch;
pub(crate) mod undecodable_content;
pub(crate) mod unfilled_variable;
pub(crate) mod unit_content_not_ini;
pub(crate) mod unit_does_nothing;
pub(crate) mod unit_without_name;
pub(crate) mod unknown_directive;
pub(crate) mod unknown_key;
pub(crate) mod unknown_unit_section;
pub(crate) mod unknown_unit_suffix;
pub(crate) mod unread_user_data;
pub(crate) mod unsupported_password_hash;
pub(crate) mod unused_suppression;
pub(crate) mod user_data_too_long;
pub(crate) mod user_without_name;
pub(crate) mod weak_password_hash;
pub(crate) mod weak_ssh_key;
pub(crate) mod world_writable_file;
pub(crate) mod wrong_dialect;
pub(crate) mod yaml11_boolean;
pub(crate) mod yaml_syntax;
