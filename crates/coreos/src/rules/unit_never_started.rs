use crate::{Target, image};
use dryboot_lint::Severity;
use dryboot_unit_lint::{is_never_started, shown};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::Origin;

pub(crate) static RULE: Rule = Rule {
    name: "unit-never-started",
    severity: Severity::Info,
    targets: &Target::ALL,
    docs: docs!("unit_never_started.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let (document, places) = (context.document, context.places);
    let stock = &image::of(document.target).units;
    for file in context.unit_files().iter().filter(|file| matches!(file.origin, Origin::File(_))) {
        // The image starts units of its own.
        if stock.names().any(|name| *name == *file.unit) || !is_never_started(file, document.text()) {
            continue;
        }
        let message = format!("nothing starts `{}`: the config only writes its file", shown(&file.unit));
        context
            .report(file.origin.head(document, places), message)
            .path_of(file.node)
            .help("move the unit to `coreos.units`, with `command: start`");
    }
}
