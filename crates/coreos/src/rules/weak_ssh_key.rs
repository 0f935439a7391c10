use crate::Target;

use crate::lint::context::Context;
use crate::lint::parts::first_line;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::ssh_key::{PublicKey, read};

pub(crate) static RULE: Rule = Rule {
    name: "weak-ssh-key",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("weak_ssh_key.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for (text, node) in super::malformed_ssh_key::keys(document) {
        for key in read(text).unwrap_or_default() {
            let Some((severity, message)) = weakness(key, document.target) else { continue };
            context
                .report(first_line(document, node), message)
                .severity(severity)
                .path_of(node)
                .help("create a new key with `ssh-keygen -t ed25519`");
        }
    }
}

fn weakness(key: PublicKey<'_>, target: Target) -> Option<(Severity, String)> {
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
        (kind, _) if kind.starts_with("sk-") && !target.habits().sshd_takes_security_keys => Some((
            Severity::Warning,
            "keys on security tokens need OpenSSH 8.2 (2020), which CoreOS does not have".to_owned(),
        )),
        _ => None,
    }
}
