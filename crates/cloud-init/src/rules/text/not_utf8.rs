use dryboot_lint::Severity;

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "not-utf8", severity: Severity::Error, docs: docs!("not_utf8.md"), check };

fn check(context: &mut Context<'_>) {
    if context.message.is_some() {
        return parts(context);
    }
    let encoding = context.complaints().find(|complaint| matches!(complaint.cause, Cause::Encoding));
    let Some(complaint) = encoding else { return };
    let message = "this byte is not valid UTF-8: cloud-init cannot read the file as a cloud-config";
    context.report_at(complaint.place, message).help("save the file as UTF-8");
}

fn parts(context: &mut Context<'_>) {
    for fault in context.faults() {
        let message = match &fault.kind {
            FaultKind::NotUtf8 => {
                "this message is not valid UTF-8: cloud-init fails and ignores all user-data"
            }
            FaultKind::BodyNotUtf8 => "the content of this part is not valid UTF-8, but its type requires it",
            _ => continue,
        };
        context.report_at(fault.span, message).help("save the file as UTF-8");
    }
}
