//! The rules, one file each, with the documentation beside it in Markdown.

pub(crate) mod broken_gzip;
pub(crate) mod ignored_document;
pub(crate) mod limit_exceeded;
pub(crate) mod missing_header;
pub(crate) mod tab_indentation;
pub(crate) mod type_mismatch;
pub(crate) mod unknown_key;
pub(crate) mod unused_suppression;
pub(crate) mod wrong_dialect;
pub(crate) mod yaml_syntax;
