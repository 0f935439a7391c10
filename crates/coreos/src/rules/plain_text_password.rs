use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::{first_line, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::crypt_hash::{Password, classify};

pub(crate) static RULE: Rule = Rule {
    name: "plain-text-password",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("plain_text_password.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for user in users(document) {
        let (password, Some(node)) = (user.text("passwd"), user.node("passwd")) else { continue };
        if password.is_empty() {
            continue;
        }
        let message = match classify(password) {
            Password::Locked | Password::Hash(_) => continue,
            Password::Plain => {
                "this is not a password hash: no password will match it, and everyone can read this one"
                    .to_owned()
            }
            Password::Damaged(scheme) => {
                format!("this {} hash is incomplete: no password will match it", scheme.name())
            }
        };
        context
            .report(first_line(document, node), message)
            .path_of(node)
            .help("create a hash with `openssl passwd -6`, and write it in single quotes");
    }
}
