//! The rules, one file each, with the documentation beside it in Markdown.

pub(crate) mod duplicate_key;
pub(crate) mod hyphenated_key;
pub(crate) mod obsolete_etcd_option;
pub(crate) mod remote_key_import;
pub(crate) mod section_not_shipped;
pub(crate) mod tab_indentation;
pub(crate) mod type_mismatch;
pub(crate) mod unknown_key;
pub(crate) mod unused_suppression;
pub(crate) mod wrong_dialect;
pub(crate) mod yaml_syntax;
