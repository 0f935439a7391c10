use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

use super::{is_lettered_disk, is_numbered_disk, mounts, numbered};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "bare-partition-name",
    severity: Severity::Error,
    docs: docs!("bare_partition_name.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let aliases: Vec<&str> = context
        .top("device_aliases")
        .map(|aliases| context.entries(&aliases).into_iter().map(|(name, _)| name).collect())
        .unwrap_or_default();
    for fields in mounts(context) {
        let Some(name) = context.str(&fields[0]).filter(|name| is_partition(name)) else { continue };
        if aliases.contains(&name) {
            continue;
        }
        let span = context.first_line(&fields[0]);
        let verbatim = context.verbatim(&fields[0]);
        let message = format!(
            "cloud-init only finds whole disks by their bare name: it writes `{name}` to `/etc/fstab`, and \
             the mount fails"
        );
        let finding = context.report(span, message).path(fields[0].path);
        let finding = finding.help(format!("write `/dev/{name}`"));
        if let Some(span) = verbatim {
            finding.fix(Safety::Safe, format!("write `/dev/{name}`"), Span::empty(span.start), "/dev/");
        }
    }
}

/// `sdb2`, `nvme0n1p1`.
fn is_partition(name: &str) -> bool {
    numbered(name).is_some_and(|(stem, _)| {
        is_lettered_disk(stem) || stem.strip_suffix('p').is_some_and(is_numbered_disk)
    })
}
