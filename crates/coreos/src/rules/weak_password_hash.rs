use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::{first_line, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::crypt_hash::{Password, classify};

pub(crate) static RULE: Rule = Rule {
    name: "weak-password-hash",
    severity: Severity::Info,
    targets: &Target::ALL,
    docs: docs!("weak_password_hash.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for user in users(document) {
        let Some(node) = user.node("passwd") else { continue };
        let Password::Hash(scheme) = classify(user.text("passwd")) else { continue };
        if scheme.is_weak() {
            let message =
                format!("anyone who can read the user-data can quickly crack a {} hash", scheme.name());
            context
                .report(first_line(document, node), message)
                .path_of(node)
                .help("create a hash with `openssl passwd -6`");
        }
    }
}
