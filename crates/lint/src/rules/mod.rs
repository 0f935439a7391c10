//! The rules, one file each, with the documentation beside it in Markdown.

pub(crate) mod drop_in_not_written;
pub(crate) mod drop_in_suffix;
pub(crate) mod duplicate_key;
pub(crate) mod duplicate_unit;
pub(crate) mod enable_without_install;
pub(crate) mod hyphenated_key;
pub(crate) mod ignored_network_command;
pub(crate) mod invalid_unit_name;
pub(crate) mod masked_unit_conflict;
pub(crate) mod obsolete_etcd_option;
pub(crate) mod remote_key_import;
pub(crate) mod section_not_shipped;
pub(crate) mod tab_indentation;
pub(crate) mod template_command;
pub(crate) mod type_mismatch;
pub(crate) mod unit_content_not_ini;
pub(crate) mod unit_does_nothing;
pub(crate) mod unit_without_name;
pub(crate) mod unknown_key;
pub(crate) mod unknown_unit_suffix;
pub(crate) mod unused_suppression;
pub(crate) mod wrong_dialect;
pub(crate) mod yaml_syntax;
