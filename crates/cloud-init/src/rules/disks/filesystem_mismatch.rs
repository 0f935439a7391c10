use std::collections::HashMap;

use dryboot_lint::Severity;
use dryboot_yaml::Span;

use super::mounts;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "filesystem-mismatch",
    severity: Severity::Error,
    docs: docs!("filesystem_mismatch.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let made = made(context);
    for fields in mounts(context) {
        let (Some(device), Some(kind)) =
            (context.str(&fields[0]), fields.get(2).and_then(|kind| context.str(kind)))
        else {
            continue;
        };
        if matches!(kind, "auto" | "none" | "") {
            continue;
        }
        let name = match device.strip_prefix("LABEL=") {
            Some(label) => (true, label.trim_matches('"')),
            None => (false, device),
        };
        let found = made.get(&name).copied();
        let Some((filesystem, place)) = found.filter(|(filesystem, _)| !same(filesystem, kind)) else {
            continue;
        };
        let span = context.first_line(&fields[2]);
        let message =
            format!("the file system is created as {filesystem}, so it cannot be mounted as {kind}");
        let finding = context.report(span, message).path(fields[2].path);
        finding.label(place, "made here").help("write the same type in both places, or `auto`");
    }
}

/// The types of the file systems that are made, by label (`true`) and by device, and where each is written.
fn made<'c>(context: &Context<'c>) -> HashMap<(bool, &'c str), (&'c str, Span)> {
    let mut made = HashMap::new();
    for entry in context.top("fs_setup").map(|list| context.items(&list)).unwrap_or_default() {
        let Some(at) = context.get(&entry, "filesystem") else { continue };
        let Some(filesystem) = context.str(&at) else { continue };
        let found = (filesystem, context.first_line(&at));
        if let Some(label) = context.get_str(&entry, "label") {
            made.entry((true, label)).or_insert(found);
        }
        let is_whole = context.get_str(&entry, "partition").is_none_or(|partition| partition == "none");
        if let Some(device) = context.get_str(&entry, "device").filter(|_| is_whole) {
            made.entry((false, device)).or_insert(found);
        }
    }
    made
}

/// The types of ext are mounted by one driver.
fn same(made: &str, mounted: &str) -> bool {
    let is_ext = |kind: &str| matches!(kind, "ext2" | "ext3" | "ext4");
    made == mounted || (is_ext(made) && is_ext(mounted)) || made.starts_with('$') || mounted.contains(',')
}
