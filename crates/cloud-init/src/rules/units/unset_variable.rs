use dryboot_lint::Severity;
use dryboot_unit_lint::{Unset, unset_variables};

use crate::lint::{Context, Rule, UnitFiles};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "unset-variable", severity: Severity::Warning, docs: docs!("unset_variable.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    if units.is_template {
        return;
    }
    for unset in unset_variables(&units.contents(), units.systemd.release, |_| false) {
        let file = &units.files[unset.file];
        let finding = context.report(units.place(file, unset.span), unset.message(&file.unit));
        finding.path(file.at.path).help(Unset::HELP);
    }
}
