//! `/etc/environment`: the addresses, merged into what is there.

use dryboot_coreos::image::ENVIRONMENT;
use std::collections::BTreeMap;

use dryboot_machine::{Cause, Purpose};

use crate::apply::variables::merged;
use crate::run::{PlannedFile, Run, Step};

/// Writes the addresses that are known, unless that would change nothing.
pub(super) fn write(run: &mut Run<'_>) -> Step {
    let known = run.addresses.iter().filter(|address| !address.value.is_empty());
    let variables: BTreeMap<&str, &str> =
        known.clone().map(|address| (address.env, address.value.as_str())).collect();
    let causes: Vec<Cause> = known.filter_map(|address| address.cause.clone()).collect();
    if variables.is_empty() {
        return Ok(());
    }
    let old = run.journal.machine.files.read(ENVIRONMENT).unwrap_or_default();
    let new = merged(old, variables, is_assignment);
    if new == old {
        return Ok(());
    }
    run.write(PlannedFile::new(ENVIRONMENT, new, Purpose::EnvFile, &causes))
}

fn is_assignment(line: &[u8], name: &str) -> bool {
    line.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
}
