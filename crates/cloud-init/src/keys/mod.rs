//! What may stand in a cloud-config for cloud-init, release by release.
//!
//! Each table covers one subject, and a comment names the module of cloud-init that reads the keys below it.
//!
//! `since` and `until` say which releases have a key in their schema; `works_since` says which release was the first
//! to act on it. A key inherits all three from the mapping that it belongs to and only states what differs. Without
//! `works_since` anywhere above it, a key has worked since 17.1 or earlier.
//!
//! Source: the JSON Schemas of cloud-init 17.1 to 26.2 (names, types, limits and patterns), and its change log.

mod ansible;
mod apt;
mod base;
mod commands;
mod disks;
mod files;
mod forms;
mod logs;
mod management;
mod module_names;
mod names;
mod network;
pub mod network_config;
mod packages;
mod patterns;
pub mod readers;
mod ssh;
mod subscriptions;
mod system;
mod users;

use dryboot_schema::build::{changed, closed, map, open};
use dryboot_schema::{Deprecated, Grade, Key, Node, Release};

/// The top level. Since 23.4, a key that no module has is refused; before, it was ignored.
pub static ROOT: Node = changed(&[(v(23, 4), map(&closed(&KEYS))), (v(0, 0), map(&open(&KEYS)))]);

static GROUPS: [&[Key]; 15] = [
    &users::KEYS,
    &ssh::KEYS,
    &files::KEYS,
    &packages::KEYS,
    &apt::KEYS,
    &commands::KEYS,
    &names::KEYS,
    &disks::KEYS,
    &network::KEYS,
    &system::KEYS,
    &ansible::KEYS,
    &management::KEYS,
    &subscriptions::KEYS,
    &logs::KEYS,
    &base::KEYS,
];

const COUNT: usize = {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].len();
        group += 1;
    }
    count
};

/// Every key of the top level.
pub static KEYS: [Key; COUNT] = {
    let mut keys = [base::KEYS[0]; COUNT];
    let (mut at, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut key = 0;
        while key < GROUPS[group].len() {
            keys[at] = GROUPS[group][key];
            at += 1;
            key += 1;
        }
        group += 1;
    }
    keys
};

/// A release of cloud-init.
const fn v(major: u8, minor: u8) -> Release {
    Release::new(major, minor)
}

/// Deprecated in `version`, and reported since another release.
const fn gone(version: Release, reported_since: Release, instead: &'static str) -> Deprecated {
    Deprecated { version, reported_since, grade: Grade::Deprecated, instead, because: "" }
}

/// Read differently since `version`, and reported since another release.
const fn changed_in(version: Release, reported_since: Release, instead: &'static str) -> Deprecated {
    Deprecated { version, reported_since, grade: Grade::Changed, instead, because: "" }
}
