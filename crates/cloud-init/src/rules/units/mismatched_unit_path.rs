use dryboot_lint::Severity;
use dryboot_unit_lint::mismatched_unit_path;

use super::report_wholes;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "mismatched-unit-path",
    severity: Severity::Error,
    docs: docs!("mismatched_unit_path.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    report_wholes(context, |file, _| mismatched_unit_path(file).map(|(remark, _)| remark));
}
