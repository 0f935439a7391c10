use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "drop-in-not-written",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("drop_in_not_written.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document).filter(|unit| !unit.name().is_empty()) {
        for drop_in in unit.drop_ins() {
            let (missing, help) = match (drop_in.name().is_empty(), drop_in.has_content()) {
                (false, true) => continue,
                (true, _) => ("name", "add a `name` that ends in `.conf`, such as `10-options.conf`"),
                (false, false) => ("content", "add the `content`, with a section header such as `[Service]`"),
            };
            if drop_in.has_unusable(document, Some(missing)) {
                continue;
            }
            let Some(node) = drop_in.field.node else { continue };
            let span = drop_in.head(document, context.places);
            context
                .report(span, format!("this drop-in has no {missing}: it is not written"))
                .path_of(node)
                .help(help);
        }
    }
}
