//! The linter as a WebAssembly module, and what it shares with the other modules.
//!
//! [`protocol`] holds the answers and is all that the page itself compiles. The feature `worker`
//! adds what it takes to answer. The feature `linter` adds the linter: pure functions from a text to
//! an answer in JSON, which `web/js/workers` serves.

pub mod protocol;

#[cfg(feature = "linter")]
mod exports;
#[cfg(feature = "worker")]
pub mod file;
#[cfg(feature = "worker")]
pub mod places;
#[cfg(feature = "linter")]
mod report;
#[cfg(feature = "worker")]
mod utf16;

#[cfg(feature = "linter")]
pub use exports::{complete, holds_secret, hover, lint, lint_file, read};
