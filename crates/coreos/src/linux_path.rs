//! How long paths may be on the machine, and what the program needs of that for itself.

pub use dryboot_machine::path::{LONGEST_NAME, LONGEST_PATH, TooLong, too_long};

/// A file is written beside its place first, under a name that is usually this long in bytes:
/// `cloudinit-temp` and nine digits.
pub const TEMPORARY_NAME: usize = 23;
