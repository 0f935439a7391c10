//! Disks, partitions, file systems, mounts and swap.

mod bare_partition_name;
mod disk_erased_again;
mod filesystem_mismatch;
mod misspelt_size;
mod mount_without_nofail;
mod wrong_partition_name;

use crate::lint::{At, Context, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &bare_partition_name::RULE,
    &disk_erased_again::RULE,
    &filesystem_mismatch::RULE,
    &misspelt_size::RULE,
    &mount_without_nofail::RULE,
    &wrong_partition_name::RULE,
];

/// An entry of `mounts`: its fields.
pub(crate) fn mounts<'c>(context: &Context<'c>) -> Vec<Vec<At<'c>>> {
    let entries = context.top("mounts").map(|list| context.items(&list)).unwrap_or_default();
    entries.iter().map(|entry| context.items(entry)).filter(|fields| !fields.is_empty()).collect()
}

/// The digits at the end of a name, and what stands before them.
pub(crate) fn numbered(name: &str) -> Option<(&str, &str)> {
    let stem = name.trim_end_matches(|char: char| char.is_ascii_digit());
    (stem.len() < name.len() && !stem.is_empty()).then(|| name.split_at(stem.len()))
}

/// Whether this is the name of a disk that is named by letters: `sda`, `xvdf`, `vdb`.
pub(crate) fn is_lettered_disk(name: &str) -> bool {
    ["xvd", "sd", "vd", "hd"].iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|letters| {
            matches!(letters.len(), 1 | 2) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
        })
    })
}

/// Whether this is the name of a disk that is named by numbers: `nvme0n1`, `mmcblk0`.
pub(crate) fn is_numbered_disk(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let nvme = name.strip_prefix("nvme").and_then(|rest| rest.split_once('n'));
    nvme.is_some_and(|(controller, space)| is_number(controller) && is_number(space))
        || name.strip_prefix("mmcblk").is_some_and(is_number)
}
