//! Which keys there are.

pub(crate) mod deprecated_key;
pub(crate) mod missing_key;
pub(crate) mod unknown_key;
