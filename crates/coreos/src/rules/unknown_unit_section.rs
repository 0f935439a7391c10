use crate::Target;
use dryboot_systemd::Span;
use dryboot_systemd::check::FaultKind;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-unit-section",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unknown_unit_section.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        for fault in &file.faults {
            let of = match fault.kind {
                FaultKind::UnknownSection => None,
                FaultKind::ForeignSection(of) => Some(of),
                _ => continue,
            };
            // Between the brackets.
            let inner = Span::new(fault.span.start + 1, fault.span.end.saturating_sub(1));
            let section = shown(inner.slice(file.text));
            let reason = match of {
                None if file.is_network() => {
                    format!("`{}` cannot have a section `[{section}]`", shown(&file.unit))
                }
                None => format!("no unit has a section `[{section}]`"),
                Some(of) => format!("only a `.{of}` unit has a section `[{section}]`"),
            };
            let near = nearest(&section, file.sections());
            let message = format!("{reason}: {} ignores all of it", file.reader());
            let finding = context.report(file.place(document, fault.span), message).path_of(file.node);
            let Some(near) = near else { continue };
            let finding = finding.help(format!("did you mean `[{near}]`?"));
            if let Some(span) = file.exact(document, inner) {
                finding.fix(Safety::Unsafe, format!("change the section to `[{near}]`"), span, near);
            }
        }
    }
}
