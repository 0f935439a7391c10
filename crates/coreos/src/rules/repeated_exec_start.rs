use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::repeated_exec_start;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{read_files, release, report};

pub(crate) static RULE: Rule = Rule {
    name: "repeated-exec-start",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("repeated_exec_start.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let files = context.unit_files();
    for (index, remark) in repeated_exec_start(&read_files(&files), release(context.document.target)) {
        report(context, &files[index], remark);
    }
}
