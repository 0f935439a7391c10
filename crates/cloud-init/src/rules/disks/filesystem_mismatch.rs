use dryboot_lint::Severity;

use super::mounts;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "filesystem-mismatch",
    severity: Severity::Error,
    docs: docs!("filesystem_mismatch.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let made: Vec<At> = context.top("fs_setup").map(|list| context.items(&list)).unwrap_or_default();
    for fields in mounts(context) {
        let (Some(device), Some(kind)) =
            (context.str(&fields[0]), fields.get(2).and_then(|kind| context.str(kind)))
        else {
            continue;
        };
        if matches!(kind, "auto" | "none" | "") {
            continue;
        }
        let found = made.iter().find_map(|entry| {
            let filesystem = context.get(entry, "filesystem")?;
            let text = context.str(&filesystem)?;
            is_of(context, entry, device).then(|| (text, context.first_line(&filesystem)))
        });
        let Some((filesystem, place)) = found.filter(|(filesystem, _)| !same(filesystem, kind)) else {
            continue;
        };
        let span = context.first_line(&fields[2]);
        let message = format!("the file system is made as {filesystem}, so it cannot be mounted as {kind}");
        let finding = context.report(span, message).path(fields[2].path.clone());
        finding.label(place, "made here").help("write the same type at both places, or `auto`");
    }
}

/// Whether an entry of `fs_setup` makes what is mounted from `device`.
fn is_of(context: &Context<'_>, entry: &At, device: &str) -> bool {
    let label = context.get_str(entry, "label");
    let by_label = device.strip_prefix("LABEL=").map(|label| label.trim_matches('"'));
    let is_whole = context.get_str(entry, "partition").is_none_or(|partition| partition == "none");
    match by_label {
        Some(wanted) => label == Some(wanted),
        None => is_whole && context.get_str(entry, "device") == Some(device),
    }
}

/// The types of ext are mounted by one driver.
fn same(made: &str, mounted: &str) -> bool {
    let is_ext = |kind: &str| matches!(kind, "ext2" | "ext3" | "ext4");
    made == mounted || (is_ext(made) && is_ext(mounted)) || made.starts_with('$') || mounted.contains(',')
}
