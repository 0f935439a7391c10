//! The linter for cloud-init as a small WebAssembly module: the functions of [`dryboot_wasm`] with the rules about what
//! the program's validator sees. It gives the first report while `dryboot-wasm-cloud-init` is loaded.

pub use dryboot_wasm::*;
