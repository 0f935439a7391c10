//! What user-data is, and how each target reads it.

mod target;

pub use target::Target;
