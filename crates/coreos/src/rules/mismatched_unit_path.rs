use crate::Target;
use dryboot_systemd::check::{FaultKind, Role};

use crate::lint::context::Context;
use crate::lint::parts::{first_line, shown};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "mismatched-unit-path",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("mismatched_unit_path.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        let Some(fault) = &file.whole else { continue };
        let FaultKind::NameMismatch(wanted) = &fault.kind else { continue };
        let message =
            format!("the unit of this path is `{}`: systemd refuses `{}`", shown(wanted), shown(&file.unit));
        let finding = context
            .report(file.place(document, fault.span), message)
            .path_of(file.node)
            .help("name the unit after the path, as `systemd-escape --path` writes it");
        let name = file.origin.name().map(|name| first_line(document, name));
        if let Some(span) =
            name.filter(|span| span.slice(document.text()) == file.unit.as_ref() && file.role == Role::Unit)
        {
            finding.fix(Safety::Unsafe, format!("name the unit `{}`", shown(wanted)), span, wanted.clone());
        }
    }
}
