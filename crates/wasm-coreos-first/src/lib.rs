//! The linter for coreos-cloudinit and its fork as a small WebAssembly module: the functions of [`dryboot_wasm`] with the
//! rules about what the programs' validators see. It gives the first report while `dryboot-wasm-coreos` is loaded.

pub use dryboot_wasm::*;
