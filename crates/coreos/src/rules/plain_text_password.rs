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
                "this is no password hash: no password will match it, and this one can be read by all"
                    .to_owned()
            }
            Password::Damaged(scheme) => {
                format!("this {} hash is not whole: no password will match it", scheme.name())
            }
        };
        context
            .report(first_line(document, node), message)
            .path_of(node)
            .help("make a hash with `openssl passwd -6`, and write it in single quotes");
    }
}
