//! Canonical's cloud-init: what may stand in a cloud-config for it, release by release, and its verdict.

pub mod assist;
pub mod header;
pub mod jinja;
pub mod keys;
pub mod lint;
pub mod parts;
pub mod report;
mod rules;
mod shell;
pub mod target;
pub mod verdict;
