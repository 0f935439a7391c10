use dryboot_lint::{Safety, Severity};

use super::zones::{is_zone, meant};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "unknown-timezone", severity: Severity::Error, docs: docs!("unknown_timezone.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(at) = context.top("timezone") else { return };
    let Some(name) = context.str(&at) else { return };
    let is_unfilled = name.contains(['$', '{', '%', '<']);
    if name.is_empty() || is_unfilled || is_zone(name) {
        return;
    }
    let (span, verbatim) = (context.span(&at), context.verbatim(&at));
    let message = "there is no such time zone: cloud-init fails on it, and the machine keeps the one it has";
    let finding = context.report(span, message).path(at.path);
    match meant(name) {
        Some(zone) => {
            let finding = finding.help(format!("did you mean `{zone}`?"));
            if let Some(span) = verbatim {
                finding.fix(Safety::Unsafe, format!("write `{zone}`"), span, zone);
            }
        }
        None => {
            finding.help("write a name from the IANA database, such as `Europe/Berlin` or `Etc/UTC`");
        }
    }
}
