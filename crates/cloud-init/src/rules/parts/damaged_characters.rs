use dryboot_lint::Severity;
use dryboot_user_data::email::Damage;

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "damaged-characters",
    severity: Severity::Error,
    docs: docs!("damaged_characters.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for fault in context.faults() {
        let FaultKind::Body(Damage::Character { is_lost, .. }) = fault.kind else { continue };
        let message = match is_lost {
            true => {
                "non-ASCII characters get damaged here: this part is then not valid UTF-8, and cloud-init \
                 ignores the whole cloud-config"
            }
            false => "non-ASCII characters get damaged here: they become `\\u` and digits",
        };
        context
            .report_at(fault.span, message)
            .help("encode this part: `Content-Transfer-Encoding: base64`")
            .severity(if is_lost { Severity::Error } else { Severity::Warning });
    }
}
