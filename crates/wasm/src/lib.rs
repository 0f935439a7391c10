//! What the linter's WebAssembly modules export, and what they share with the other modules.
//!
//! [`protocol`] holds the answers, except for reports, and is all that the page itself compiles. The feature `worker`
//! adds what it takes to answer. The feature `linter` adds the linter: pure functions from a text to
//! an answer in JSON, which `web/js/workers` serves. Its programs are features, too: each of the modules that are made of
//! this crate has one.

pub mod protocol;

/// For every module of the page: smaller and faster than the one of the standard library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(all(feature = "worker", feature = "coreos"))]
pub mod boot_problem;
#[cfg(feature = "help")]
mod decoded;
#[cfg(feature = "linter")]
mod exports;
#[cfg(feature = "worker")]
pub mod file;
#[cfg(feature = "linter")]
mod instance_data;
#[cfg(feature = "worker")]
pub mod places;
#[cfg(feature = "worker")]
pub mod question;
#[cfg(feature = "linter")]
mod report;

#[cfg(all(feature = "cloud-init", feature = "help"))]
pub use exports::lint_network_config;
#[cfg(all(feature = "cloud-init", feature = "linter"))]
pub use exports::platforms;
#[cfg(feature = "help")]
pub use exports::{complete, holds_secret, hover};
#[cfg(feature = "linter")]
pub use exports::{lint, lint_file, program_of, program_of_file, read, targets};
#[cfg(all(feature = "coreos", feature = "help"))]
pub use exports::{lint_after_boot, lint_file_after_boot};
