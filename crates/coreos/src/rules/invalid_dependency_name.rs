use crate::Target;
use dryboot_systemd::check::FaultKind;
use dryboot_systemd::name::{Fault, SUFFIXES, fault};

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-dependency-name",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("invalid_dependency_name.md"),
    scope: Scope::Written,
    check,
};

/// Targets that are often named without their suffix.
const TARGETS: [&str; 8] =
    ["multi-user", "network", "network-online", "basic", "sysinit", "local-fs", "remote-fs", "default"];

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        for found in file.faults.iter().filter(|fault| fault.kind == FaultKind::InvalidUnitName) {
            let name = found.span.slice(file.text);
            let plain = name.trim_matches(['"', '\'', ',']);
            let (reason, meant) = match fault(plain) {
                None => ("units are named without quotes or commas".to_owned(), Some(plain.to_owned())),
                Some(Fault::NoSuffix) => {
                    let suffix = if TARGETS.contains(&plain) { "target" } else { "service" };
                    ("it has no suffix".to_owned(), Some(format!("{plain}.{suffix}")))
                }
                Some(Fault::UnknownSuffix(suffix)) => {
                    let stem = plain.strip_suffix(suffix).unwrap_or_default();
                    let near = nearest(suffix, SUFFIXES);
                    (
                        format!("there is no type `.{}`", shown(suffix)),
                        near.map(|near| format!("{stem}{near}")),
                    )
                }
                Some(_) => ("it is not made of letters, digits and `:-_.@`".to_owned(), None),
            };
            let meant = meant.filter(|meant| fault(meant).is_none());
            let message = format!("`{}` is no unit, since {reason}: systemd ignores it", shown(name));
            let mut finding = context.report(file.place(document, found.span), message).path_of(file.node);
            if let Some(meant) = meant {
                finding = finding.help(format!("did you mean `{}`?", shown(&meant)));
                if let Some(span) = file.exact(document, found.span) {
                    finding.fix(Safety::Unsafe, format!("change it to `{}`", shown(&meant)), span, meant);
                }
            }
        }
    }
}
