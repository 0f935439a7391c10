//! The rules, in folders by subject: one file each, with its documentation beside it.

pub(crate) mod commands;
pub(crate) mod disks;
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod packages;
pub(crate) mod parts;
pub(crate) mod text;
pub(crate) mod units;
pub(crate) mod users;
pub(crate) mod values;

/// The Markdown beside a rule.
macro_rules! docs {
    ($file:literal) => {
        if cfg!(feature = "docs") { include_str!($file) } else { "" }
    };
}
pub(crate) use docs;

/// Whether the IANA database has a time zone of this name.
#[cfg(feature = "full")]
pub(crate) fn is_time_zone(name: &str) -> bool {
    values::is_time_zone(name)
}
