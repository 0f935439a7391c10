use dryboot_lint::crypt_hash::{Password, classify};
use dryboot_lint::{Safety, Severity};

use super::passwords::{Secret, Taken, looks_hashed, secrets};
use crate::lint::{Context, Rule, entry_before};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-password-hash",
    severity: Severity::Warning,
    docs: docs!("invalid_password_hash.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for secret in secrets(context).iter() {
        if let Some(message) = fault(secret) {
            report(context, secret, message);
        }
    }
}

/// What is wrong, without a word of the password.
fn fault(secret: &Secret<'_>) -> Option<String> {
    let kind = classify(secret.text);
    match (secret.taken, kind) {
        (Taken::Hash, Password::Plain) => {
            Some("this is used as a password hash, but is not one: no password will match it".to_owned())
        }
        (Taken::ByLook, Password::Damaged(_)) if !looks_hashed(secret.text) => None,
        (Taken::Hash | Taken::ByLook, Password::Damaged(scheme)) => {
            Some(format!("this {} hash is incomplete: no password will match it", scheme.name()))
        }
        (Taken::ByLook, Password::Hash(scheme))
            if !looks_hashed(secret.text) && secret.text.starts_with('$') =>
        {
            Some(format!(
                "cloud-init does not recognise {} hashes here: the hash itself becomes the password",
                scheme.name()
            ))
        }
        (Taken::Plain, Password::Hash(scheme)) if secret.text.starts_with('$') => {
            Some(format!("this {} hash is set as if it were the password itself", scheme.name()))
        }
        _ => None,
    }
}

fn report<'c>(context: &mut Context<'c>, secret: &Secret<'c>, message: String) {
    let name = secret.at.path.name();
    let kind = classify(secret.text);
    let is_listed = secret.at.path.top() == "chpasswd";
    let help = match (secret.taken, kind) {
        (Taken::Hash, Password::Plain) if is_listed => {
            "add `type: text`, or create a hash with `openssl passwd -6`"
        }
        (Taken::Hash, Password::Plain) => {
            "create a hash with `openssl passwd -6`, or use `plain_text_passwd` for a password in plain text"
        }
        (Taken::Plain, _) if is_listed => "use `type: hash`",
        (Taken::Plain, _) => "use `hashed_passwd`",
        (Taken::ByLook, Password::Hash(_)) => {
            "use `hashed_passwd` of a user, or `chpasswd.users` with `type: hash`"
        }
        _ => "copy the whole hash, and write it in single quotes",
    };
    let edits = match (secret.taken, kind) {
        (Taken::Hash, Password::Plain) if is_listed && context.get(&secret.entry, "type").is_none() => {
            entry_before(context, &secret.entry, &secret.at, "type: text")
                .map(|edit| ("add `type: text`", edit))
        }
        _ => None,
    };
    let key = context.key_span(&secret.at);
    let finding = context.report(secret.span, message).path(secret.at.path).help(help);
    match edits {
        Some((title, edit)) => {
            finding.fix_all(Safety::Unsafe, title, vec![edit]);
        }
        None if !is_listed && name == "passwd" && (secret.taken, kind) == (Taken::Hash, Password::Plain) => {
            finding.fix(Safety::Unsafe, "rename to `plain_text_passwd`", key, "plain_text_passwd");
        }
        None => {}
    }
}
