use dryboot_lint::Severity;

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "malformed-archive", severity: Severity::Error, docs: docs!("malformed_archive.md"), check };

fn check(context: &mut Context<'_>) {
    const ITEMS: &str =
        "an item is a string, or a mapping with `content` and, optionally, `type` and `filename`";
    for fault in context.faults() {
        let (message, help) = match &fault.kind {
            FaultKind::Archive(error) => (
                format!("invalid YAML: {}: cloud-init ignores the whole archive", error.message),
                "multi-line text needs `|` after its key, and must be indented further than the key",
            ),
            FaultKind::NotAList => (
                "an archive must be a list: cloud-init ignores all of it".to_owned(),
                "begin each part with `- `",
            ),
            FaultKind::SkippedItem => {
                ("this item is neither a string nor a mapping: cloud-init skips it".to_owned(), ITEMS)
            }
            FaultKind::BadItem(what) => {
                (format!("{what}: cloud-init fails and ignores all user-data"), ITEMS)
            }
            _ => continue,
        };
        context.report_at(fault.span, message).help(help);
    }
}
