use crate::Target;
use dryboot_lint::{Safety, Severity};
use dryboot_systemd::check::Role;
use dryboot_unit_lint::{mismatched_unit_path, shown};

use crate::lint::context::Context;
use crate::lint::parts::first_line;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::report;

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
        let Some((remark, wanted)) = mismatched_unit_path(file) else { continue };
        let finding = report(context, file, remark);
        let name = file.origin.name().map(|name| first_line(document, name));
        if let Some(span) =
            name.filter(|span| span.slice(document.text()) == file.unit.as_ref() && file.role == Role::Unit)
        {
            finding.fix(Safety::Unsafe, format!("name the unit `{}`", shown(wanted)), span, wanted);
        }
    }
}
