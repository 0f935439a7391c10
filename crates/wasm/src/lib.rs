//! The linter as a WebAssembly module.
//!
//! [`protocol`] holds the answers and is all that the page itself compiles. The feature `worker`
//! adds the linter: pure functions from a text to an answer in JSON, which `web/js/worker.js` serves.

pub mod protocol;

#[cfg(feature = "worker")]
mod answer;
#[cfg(feature = "worker")]
mod exports;
#[cfg(feature = "worker")]
mod utf16;

#[cfg(feature = "worker")]
pub use exports::{complete, explain, hover, lint, rules};
