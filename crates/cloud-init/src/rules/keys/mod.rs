//! Which keys there are.

pub(crate) mod deprecated_key;
pub(crate) mod duplicate_key;
mod meant;
pub(crate) mod missing_key;
pub(crate) mod unknown_key;
pub(crate) mod unsupported_by_release;
