//! The text as a whole: what it is, and whether it can be read.

mod dialects;
pub(crate) mod missing_header;
pub(crate) mod not_a_mapping;
pub(crate) mod not_utf8;
pub(crate) mod wrong_dialect;
pub(crate) mod yaml_syntax;
