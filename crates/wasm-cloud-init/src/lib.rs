//! The linter for cloud-init as a WebAssembly module: the functions of [`dryboot_wasm`], with this program alone.

pub use dryboot_wasm::*;
