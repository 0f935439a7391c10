//! What holds for every input, however damaged: one function for each part that reads what users
//! bring. A function panics when something does not hold.
//!
//! Fuzzing calls them through the one-line programs in `fuzz/fuzz_targets`; `tests/replay.rs` calls
//! them with stored inputs. [`TARGETS`] lists them, and `fuzz/targets.tsv` has the folders with
//! inputs to begin with.

#![expect(clippy::expect_used, reason = "to panic is how a fuzz target speaks")]

mod assist;
mod boot;
mod cloud_init_boot;
mod lint;
mod messages;
mod openpgp;
mod reports;
mod units;
mod user_data;
mod yaml;

pub use assist::assist;
pub use boot::{netconf, preview};
pub use cloud_init_boot::cloud_init_boot;
pub use lint::{embedded, lint};
pub use messages::messages;
pub use openpgp::{openpgp, version_txt};
pub use reports::reports;
pub use units::units;
pub use user_data::user_data;
pub use yaml::yaml;

/// What is called with an input.
pub type Target = fn(&[u8]);

/// All targets, by name.
pub const TARGETS: [(&str, Target); 13] = [
    ("lint", lint),
    ("embedded", embedded),
    ("yaml", yaml),
    ("user_data", user_data),
    ("messages", messages),
    ("preview", preview),
    ("cloud_init_boot", cloud_init_boot),
    ("units", units),
    ("netconf", netconf),
    ("assist", assist),
    ("openpgp", openpgp),
    ("version_txt", version_txt),
    ("reports", reports),
];

/// Splits an input at its first NUL: a text, and what belongs to it.
fn split(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|&byte| byte == 0) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &[]),
    }
}

/// A number that an input decides, below `end`: it chooses among platforms, offsets and the like.
fn choice(data: &[u8], end: usize) -> usize {
    // FNV-1a
    let hash = data.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    usize::try_from(hash >> 33).unwrap_or_default() % end.max(1)
}
