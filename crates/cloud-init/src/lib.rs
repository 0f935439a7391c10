//! Canonical's cloud-init: what may stand in a cloud-config for it, release by release, and its verdict.

// A module without all rules has parts of what they share, too.
#![cfg_attr(not(feature = "full"), allow(dead_code))]

pub mod assist;
pub mod header;
pub mod jinja;
#[cfg(feature = "json-schema")]
pub mod json_schema;
pub mod keys;
pub mod lint;
#[cfg(feature = "native")]
pub mod native;
pub mod parts;
pub mod platform;
pub mod report;
mod rules;
mod shell;
pub mod target;
pub mod verdict;

/// Whether the IANA database has a time zone of this name.
#[cfg(feature = "full")]
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    rules::is_time_zone(name)
}
