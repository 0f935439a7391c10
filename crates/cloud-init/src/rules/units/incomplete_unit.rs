use dryboot_lint::Severity;
use dryboot_unit_lint::incomplete_unit;

use crate::lint::{Context, Rule, UnitFiles, said};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "incomplete-unit", severity: Severity::Error, docs: docs!("incomplete_unit.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in &units.files {
        if let Some(remark) = incomplete_unit(file) {
            said(context, file, file.head, remark);
        }
    }
}
