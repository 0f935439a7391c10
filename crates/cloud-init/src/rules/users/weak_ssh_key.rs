use dryboot_lint::Severity;
use dryboot_lint::ssh_key::{PublicKey, read};

use super::ssh_keys::keys;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "weak-ssh-key", severity: Severity::Warning, docs: docs!("weak_ssh_key.md"), check };

fn check(context: &mut Context<'_>) {
    for (at, text) in keys(context) {
        for key in read(text).unwrap_or_default() {
            let Some((severity, message)) = weakness(key) else { continue };
            context
                .report(context.span(&at), message)
                .severity(severity)
                .path(at.path)
                .help("create a new key with `ssh-keygen -t ed25519`");
        }
    }
}

fn weakness(key: PublicKey<'_>) -> Option<(Severity, String)> {
    match (key.kind, key.rsa_bits) {
        ("ssh-dss", _) => {
            Some((Severity::Warning, "sshd has refused DSA keys since OpenSSH 7.0 (2015)".to_owned()))
        }
        (_, Some(bits)) if bits < 1024 => Some((
            Severity::Warning,
            format!("sshd refuses RSA keys of {bits} bits, because they can be broken"),
        )),
        (_, Some(bits)) if bits < 2048 => {
            Some((Severity::Info, format!("an RSA key of {bits} bits is weak: use at least 2048")))
        }
        _ => None,
    }
}
