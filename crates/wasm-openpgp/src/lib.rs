//! The verification of image signatures as a WebAssembly module. `web/js/workers/openpgp.js` serves it: that reads the
//! files, piece by piece, and this crate never sees more of an image than one piece.
//!
//! It is a module of its own, since it brings Sequoia, which is under the LGPL, and so that nobody loads it who does not
//! verify anything. Errors come as texts, in the words that the command uses.

mod options;
mod sorted;
mod verification;

pub use options::Options;
pub use sorted::{keyring_limit, sort};
pub use verification::{Verification, signature_limit};

/// As in the page's other modules.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
