use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::users;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "user-without-name",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("user_without_name.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for user in users(document) {
        // A name of the wrong type is a finding of its own.
        if !user.name().is_empty() || user.has_unusable(document, Some("name")) {
            continue;
        }
        let Some(node) = user.field.node else { continue };
        let span = user.head(document, context.places);
        context
            .report(span, "this user has no name: it is skipped")
            .path_of(node)
            .help("add a `name`, the login name");
    }
}
