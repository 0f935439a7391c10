use dryboot_lint::Severity;

use super::accounts::accounts;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "ignored-import-id",
    severity: Severity::Warning,
    docs: docs!("ignored_import_id.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        let Some(at) = account.get(context, "ssh_import_id").filter(|_| account.is_default) else { continue };
        context
            .report(
                context.key_span(&at),
                "for the default user, cloud-init only imports the keys of `ssh_import_id` at the top level",
            )
            .path(at.path)
            .help("move it to the top level");
    }
}
