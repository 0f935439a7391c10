use dryboot_lint::Severity;
use dryboot_user_data::base64::Fault;
use dryboot_user_data::email::{Damage, DefectKind};

use crate::lint::{Context, Rule};
use crate::parts::FaultKind;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "malformed-mime", severity: Severity::Error, docs: docs!("malformed_mime.md"), check };

/// What is wrong, what becomes of it, what to do, and how bad it is.
type Described = (&'static str, &'static str, Severity);

fn defect(kind: DefectKind) -> Described {
    match kind {
        DefectKind::NoEmptyLine => (
            "this line is not a header, so the part begins here, and the headers below it are not read",
            "put an empty line between the headers and the part",
            Severity::Warning,
        ),
        DefectKind::NoBoundary => (
            "`Content-Type` has no `boundary`: cloud-init ignores everything that follows",
            "write `Content-Type: multipart/mixed; boundary=\"PART\"`, and begin each part with `--PART`",
            Severity::Error,
        ),
        DefectKind::BoundaryNotFound => (
            "no part begins with this boundary: cloud-init ignores everything that follows",
            "begin each part with a line of two dashes and the boundary",
            Severity::Error,
        ),
        DefectKind::NotClosed => (
            "the message ends without its closing line: it may be truncated",
            "end the last part with a line of two dashes, the boundary and two dashes",
            Severity::Warning,
        ),
    }
}

fn damage(damage: Damage) -> Option<Described> {
    const ANEW: &str = "encode the part again with `base64`";
    Some(match damage {
        Damage::Base64(Fault::Length) => {
            ("this part is not valid base64: cloud-init uses it undecoded", ANEW, Severity::Error)
        }
        Damage::Base64(Fault::Characters) => (
            "this part contains characters that are not base64: cloud-init skips them",
            ANEW,
            Severity::Warning,
        ),
        Damage::Base64(Fault::Padding) => {
            ("the end of this part's base64 is missing: it may be truncated", ANEW, Severity::Warning)
        }
        Damage::UnknownEncoding => (
            "cloud-init does not know this part's `Content-Transfer-Encoding` and uses the part undecoded",
            "use `base64`, `quoted-printable`, `7bit` or `8bit`",
            Severity::Error,
        ),
        Damage::Character { .. } => return None,
    })
}

fn check(context: &mut Context<'_>) {
    for fault in context.faults() {
        let described = match fault.kind {
            FaultKind::Mime(kind) => Some(defect(kind)),
            FaultKind::Body(kind) => damage(kind),
            _ => None,
        };
        if let Some((message, help, severity)) = described {
            context.report_at(fault.span, message).help(help).severity(severity);
        }
    }
}
