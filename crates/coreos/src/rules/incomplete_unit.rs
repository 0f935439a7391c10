use crate::Target;
use dryboot_lint::Severity;
use dryboot_unit_lint::incomplete_unit;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};

pub(crate) static RULE: Rule = Rule {
    name: "incomplete-unit",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("incomplete_unit.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let (document, places) = (context.document, context.places);
    for file in context.unit_files().iter() {
        let Some(remark) = incomplete_unit(file) else { continue };
        let span = file.origin.head(document, places);
        let finding = context.report(span, remark.message).path_of(file.node);
        if let Some(help) = remark.help {
            finding.help(help);
        }
    }
}
