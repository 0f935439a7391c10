//! The preview of a boot as a WebAssembly module: pure functions that JavaScript calls, each from a
//! text to an answer in JSON of the types in [`dryboot_wasm::protocol::boot`]. `web/js/workers`
//! serves them.
//!
//! It is a module of its own, so that a page that only lints need not load it.

mod answer;
mod cloud_init;
mod exports;
mod machine;
mod origins;
mod platforms;
mod request;
mod units;

pub use exports::{boot_problems, platforms, preview, preview_file, preview_report};
