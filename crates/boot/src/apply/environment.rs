//! `/etc/environment`: the addresses, merged into what is there.

use std::collections::BTreeMap;

use dryboot_machine::{Cause, Purpose};

use crate::image::ENVIRONMENT;
use crate::run::{PlannedFile, Run, Step};

/// Writes the addresses that are known, unless that would change nothing.
pub(super) fn write(run: &mut Run<'_>) -> Step {
    let known = run.addresses.iter().filter(|address| !address.value.is_empty());
    let variables: BTreeMap<&str, String> =
        known.clone().map(|address| (address.env, address.value.clone())).collect();
    let causes: Vec<Cause> = known.filter_map(|address| address.cause.clone()).collect();
    if variables.is_empty() {
        return Ok(());
    }
    let old = run.journal.machine.files.read(ENVIRONMENT).unwrap_or_default();
    let new = merged(old, variables);
    if new == old {
        return Ok(());
    }
    run.write(PlannedFile::new(ENVIRONMENT, new, Purpose::EnvFile, &causes))
}

/// The first line of each variable is replaced where it stands; variables without a line are added
/// in the order of their names. Line breaks become those of Unix.
fn merged(old: &[u8], mut pending: BTreeMap<&str, String>) -> Vec<u8> {
    let mut new = Vec::with_capacity(old.len());
    for line in old.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let name = line.split(|&byte| byte == b'=').next().unwrap_or_default();
        let is_assignment = name.len() < line.len();
        let named = std::str::from_utf8(name).ok().filter(|_| is_assignment);
        match named.and_then(|name| pending.remove_entry(name)) {
            Some((name, value)) => new.extend_from_slice(format!("{name}={value}").as_bytes()),
            None => new.extend_from_slice(line),
        }
        new.push(b'\n');
    }
    for (name, value) in pending {
        new.extend_from_slice(format!("{name}={value}\n").as_bytes());
    }
    new
}
