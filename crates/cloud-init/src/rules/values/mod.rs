//! What values are.

pub(crate) mod invalid_value;
pub(crate) mod type_mismatch;
