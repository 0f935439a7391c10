use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::users;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "core-keys-replaced",
    severity: Severity::Warning,
    // Flatcar's fork merges the two lists.
    targets: &[Target::CoreOs],
    docs: docs!("core_keys_replaced.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let tree = document.tree();
    let key = "ssh_authorized_keys";
    let Some(top) = document.model.config.get(key) else { return };
    if document.model.config.list(key).is_empty() {
        return;
    }
    for user in users(document).filter(|user| user.name() == "core") {
        let Some(field) = user.decoded.get(key) else { continue };
        let (Some(node), Some(written)) = (field.node, field.key) else { continue };
        if user.decoded.list(key).is_empty() {
            continue;
        }
        let message = "these keys are replaced by those at the top level, which are also for `core`";
        let finding = context
            .report(tree.node(written).span, message)
            .path_of(node)
            .help("put all keys for `core` into the list at the top level");
        if let Some(top) = top.key {
            finding.label(tree.node(top).span, "these remain");
        }
    }
}
