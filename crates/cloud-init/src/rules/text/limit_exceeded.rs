use dryboot_lint::Severity;

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;
use crate::verdict::Cause;

pub(crate) static RULE: Rule =
    Rule { name: "limit-exceeded", severity: Severity::Error, docs: docs!("limit_exceeded.md"), check };

fn check(context: &mut Context<'_>) {
    for fault in context.faults() {
        if let FaultKind::Limit(limit) = &fault.kind {
            context.report_at(fault.span, format!("{limit}, so not all of it was checked"));
        }
    }
    if context.message.is_some() {
        return;
    }
    for complaint in context.complaints() {
        if let Cause::Limit(limit) = &complaint.cause {
            context.report_at(complaint.place, format!("{limit}, so not all of it was checked"));
        }
    }
}
