use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::{first_line, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::crypt_hash::{Password, classify};

pub(crate) static RULE: Rule = Rule {
    name: "unsupported-password-hash",
    severity: Severity::Warning,
    // Flatcar has libxcrypt, which knows them all.
    targets: &[Target::CoreOs],
    docs: docs!("unsupported_password_hash.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for user in users(document) {
        let Some(node) = user.node("passwd") else { continue };
        let Password::Hash(scheme) = classify(user.text("passwd")) else { continue };
        if !scheme.is_in_glibc() {
            let message =
                format!("this {} hash is not supported by CoreOS: no password will match it", scheme.name());
            context
                .report(first_line(document, node), message)
                .path_of(node)
                .help("create a SHA-512 hash with `openssl passwd -6`");
        }
    }
}
