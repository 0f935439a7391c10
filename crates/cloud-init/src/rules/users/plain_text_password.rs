use dryboot_lint::Severity;
use dryboot_lint::crypt_hash::{Password, classify};

use super::passwords::{Taken, looks_hashed, secrets};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "plain-text-password",
    severity: Severity::Info,
    docs: docs!("plain_text_password.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for secret in secrets(context).iter() {
        let is_plain = match secret.taken {
            Taken::Hash => false,
            Taken::Plain => true,
            Taken::ByLook => !looks_hashed(secret.text),
        };
        // A hash at the wrong place is another rule's.
        if is_plain && !matches!(classify(secret.text), Password::Hash(_) if secret.text.starts_with('$')) {
            context
                .report(secret.span, "anyone who can read the user-data can read this password")
                .path(secret.at.path)
                .help("use SSH keys, or create a hash with `openssl passwd -6`");
        }
    }
}
