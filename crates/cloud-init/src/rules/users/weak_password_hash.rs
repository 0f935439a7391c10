use dryboot_lint::Severity;

use super::passwords::{scheme, secrets};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "weak-password-hash",
    severity: Severity::Info,
    docs: docs!("weak_password_hash.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for secret in secrets(context).iter() {
        let Some(scheme) = scheme(secret).filter(|scheme| scheme.is_weak()) else { continue };
        let message = format!("anyone who can read the user-data can quickly crack a {} hash", scheme.name());
        context
            .report(secret.span, message)
            .path(secret.at.path)
            .help("create a hash with `openssl passwd -6`");
    }
}
