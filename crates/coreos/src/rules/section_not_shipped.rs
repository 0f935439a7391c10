use crate::Target;
use crate::schema::COREOS;

use crate::lint::context::Context;
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "section-not-shipped",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("section_not_shipped.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    let document = context.document;
    let gone = |key: &crate::lint::places::KeyPlace<'_>| {
        key.object == &COREOS && key.known.is_some_and(|known| known.node.deprecated.is_some())
    };
    for key in places.keys().filter(gone) {
        let name = key.name();
        let service = format!("{name}.service");
        // Whoever brings the service along can still give it its settings here.
        let own = units(document).any(|unit| unit.name() == service && unit.has_content());
        let (severity, message) = if own {
            (
                Severity::Info,
                format!(
                    "{name} is no longer part of the image: these settings go to the `{service}` in this \
                     config"
                ),
            )
        } else {
            (
                Severity::Warning,
                format!(
                    "{name} is no longer part of the image: these settings go to `{service}`, which does \
                     not exist"
                ),
            )
        };
        let help = match &*name {
            "fleet" => "put the units themselves into `coreos.units`",
            _ => "for etcd 3, write a drop-in for `etcd-member.service` that sets its environment",
        };
        context.report(key.key_span(document.tree()), message).severity(severity).at(key.id).help(help);
    }
}
