use std::collections::HashSet;

use dryboot_lint::{Safety, Severity};

use super::{is_lettered_disk, is_numbered_disk, mounts, numbered};
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "wrong-partition-name",
    severity: Severity::Error,
    docs: docs!("wrong_partition_name.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let disks = disks(context);
    for fields in mounts(context) {
        let Some(device) = context.str(&fields[0]) else { continue };
        let Some(right) = partition(device, &disks) else { continue };
        let span = context.first_line(&fields[0]);
        let verbatim = context.verbatim(&fields[0]);
        let message = format!("the partition `{device}` does not exist: on this disk, its name is `{right}`");
        let finding = context.report(span, message).path(fields[0].path);
        let finding = finding.help(format!("write `{right}`"));
        if let Some(span) = verbatim {
            finding.fix(Safety::Unsafe, format!("write `{right}`"), span, right);
        }
    }
}

/// The disks that the config partitions or formats.
fn disks(context: &Context<'_>) -> HashSet<String> {
    let partitioned = context.top("disk_setup").map(|setup| context.entries(&setup)).unwrap_or_default();
    let formatted: Vec<At<'_>> = context.top("fs_setup").map(|list| context.items(&list)).unwrap_or_default();
    let devices = formatted.iter().filter_map(|entry| context.get_str(entry, "device"));
    partitioned.into_iter().map(|(name, _)| name).chain(devices).map(str::to_owned).collect()
}

/// What the name of a partition should be, if it is that of one of these disks in the wrong form.
fn partition(device: &str, disks: &HashSet<String>) -> Option<String> {
    let (stem, number) = numbered(device)?;
    // `/dev/sdbp1`
    if let Some(disk) = stem.strip_suffix('p')
        && disk.strip_prefix("/dev/").is_some_and(is_lettered_disk)
    {
        return Some(format!("{disk}{number}"));
    }
    // `/dev/nvme1n11`
    // The name of the disk ends in a digit, too: the last ones are the number of the partition.
    let disk = (stem.len() + 1..device.len())
        .map(|end| &device[..end])
        .find(|disk| disks.contains(*disk) && disk.strip_prefix("/dev/").is_some_and(is_numbered_disk));
    let disk = disk.filter(|_| !disks.contains(device))?;
    Some(format!("{disk}p{}", &device[disk.len()..]))
}
