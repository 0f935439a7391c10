//! The linter for coreos-cloudinit and its fork as a WebAssembly module: the functions of [`dryboot_wasm`], with these
//! programs alone.

pub use dryboot_wasm::*;
