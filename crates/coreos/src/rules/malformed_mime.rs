use crate::Target;
use crate::parts::FaultKind;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "malformed-mime",
    severity: Severity::Error,
    targets: &[Target::Flatcar],
    docs: docs!("malformed_mime.md"),
    scope: Scope::Text,
    check,
};

/// What is wrong, and what to do about it.
fn described(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::Header => (
            "these headers cannot be read",
            "write each header as `Name: value`, include `Content-Type`, and end the headers with an empty \
             line",
        ),
        FaultKind::NoBoundary => {
            ("`Content-Type` has no `boundary`", "write `Content-Type: multipart/mixed; boundary=\"PART\"`")
        }
        FaultKind::NotClosed => (
            "the message ends without its closing line",
            "end the last part with a line of two dashes, the boundary and two dashes; the boundary must be the \
             one in `Content-Type`",
        ),
        FaultKind::Base64 => ("this part is not valid base64", "encode it again with `base64`"),
        FaultKind::Gzip => ("this part is not valid gzip", "compress it again with `gzip -9`"),
        FaultKind::NotAScript => {
            ("this part is declared as a script, but does not begin with `#!`", "begin it with `#!/bin/bash`")
        }
        FaultKind::Limit => ("the message is larger than dryboot supports", "split it into several"),
    }
}

fn check(context: &mut Context<'_>) {
    let Some(fault) = context.fault else { return };
    let (what, help) = described(fault.kind);
    let outcome = match fault.kind {
        FaultKind::Limit => "what follows was not checked",
        _ => "no part of the user-data is applied",
    };
    context.report(fault.span, format!("{what}: {outcome}")).help(help);
}
