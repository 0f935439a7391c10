use dryboot_lint::Severity;

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "broken-gzip", severity: Severity::Error, docs: docs!("broken_gzip.md"), check };

fn check(context: &mut Context<'_>) {
    for fault in context.faults() {
        let message = match fault.kind {
            FaultKind::Gzip => "this begins like gzip, but cannot be decompressed: cloud-init ignores it",
            FaultKind::GzipOfPart => {
                "this part is declared as gzip, but cannot be decompressed: cloud-init fails and ignores \
                 all user-data"
            }
            _ => continue,
        };
        context.report_at(fault.span, message).help("compress it again with `gzip -9`");
    }
}
