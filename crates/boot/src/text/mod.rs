//! The text between user-data and config: addresses take the place of variables, and every place leads
//! back to what was written.

mod addresses;
mod parts;
mod source_map;
mod substitution;

pub(crate) use addresses::{Address, addresses, listed};
pub(crate) use parts::{Part, parts};
pub(crate) use source_map::SourceMap;
pub(crate) use substitution::substitute;
