use crate::Target;
use crate::schema::USER;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "remote-key-import",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("remote_key_import.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    let imports = |key: &crate::lint::places::KeyPlace<'_>| {
        key.object == &USER && key.known.is_some_and(|known| known.node.deprecated.is_some())
    };
    for key in places.keys().filter(imports) {
        // Another rule reports a spelling that is not read.
        if context.document.target.habits().ignores_hyphens && key.written.contains('-') {
            continue;
        }
        let message = format!(
            "`{}` downloads keys at every boot: if that fails, no files or units are applied",
            key.written
        );
        context
            .report(key.key_span(context.tree()), message)
            .at(key.id)
            .help("copy the public keys to `ssh_authorized_keys`");
    }
}
