use dryboot_lint::Severity;
use dryboot_unit_lint::repeated_exec_start;

use crate::lint::{Context, Rule, UnitFiles};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "repeated-exec-start",
    severity: Severity::Error,
    docs: docs!("repeated_exec_start.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    for (index, remark) in repeated_exec_start(&units.contents(), units.systemd.release) {
        units.report(context, &units.files[index], remark);
    }
}
