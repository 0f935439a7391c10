use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "unit-without-name",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unit_without_name.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        // A name of the wrong type is a finding of its own.
        if !unit.name().is_empty() || unit.has_unusable(document, Some("name")) {
            continue;
        }
        let Some(node) = unit.field.node else { continue };
        let span = unit.head(document, context.places);
        context
            .report(span, "this unit has no name: it is skipped")
            .path_of(node)
            .help("add a `name` with the unit's suffix, such as `app.service`");
    }
}
