use dryboot_lint::Severity;
use dryboot_schema::Value;
use dryboot_yaml::Span;

use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "disk-erased-again", severity: Severity::Info, docs: docs!("disk_erased_again.md"), check };

fn check(context: &mut Context<'_>) {
    let disks = context.top("disk_setup").map(|setup| context.entries(&setup)).unwrap_or_default();
    let made = context.top("fs_setup").map(|list| context.items(&list)).unwrap_or_default();
    let entries: Vec<At<'_>> = disks.into_iter().map(|(_, at)| at).chain(made).collect();
    for entry in entries {
        let Some(at) = context.get(&entry, "overwrite") else { continue };
        if matches!(context.value(at.value), Value::Bool(true)) {
            let span: Span = context.key_span(&at).to(context.first_line(&at));
            let message = "the data on the disk is lost whenever the machine gets a new instance ID";
            let finding = context.report(span, message).path(at.path);
            finding.help("remove `overwrite` for a disk that may hold data");
        }
    }
}
