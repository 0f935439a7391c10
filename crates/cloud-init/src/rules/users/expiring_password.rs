use dryboot_lint::{Safety, Severity};

use super::accounts::has_default;
use super::passwords::{Secret, secrets};
use crate::lint::{Context, Rule, entry_before};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "expiring-password", severity: Severity::Info, docs: docs!("expiring_password.md"), check };

fn check(context: &mut Context<'_>) {
    let chpasswd = context.top("chpasswd");
    if chpasswd.as_ref().is_some_and(|chpasswd| context.get(chpasswd, "expire").is_some()) {
        return;
    }
    let is_read = has_default(context);
    let expires = |secret: &&Secret<'_>| {
        let key = secret.at.path.top();
        key == "chpasswd" || (key == "password" && is_read)
    };
    let secrets = secrets(context);
    let Some(secret) = secrets.iter().find(expires) else { return };
    let (mapping, entry) = match &chpasswd {
        Some(chpasswd) => (Some(*chpasswd), "expire: false"),
        None => (context.root(), "chpasswd: {expire: false}"),
    };
    let key = match &chpasswd {
        Some(chpasswd) => context.entries(chpasswd).into_iter().next().map(|(_, first)| first),
        None => Some(secret.at),
    };
    let edit = mapping.zip(key).and_then(|(mapping, key)| entry_before(context, &mapping, &key, entry));
    let finding = context
        .report(secret.span, "this password expires immediately: the first login must set a new one")
        .path(secret.at.path)
        .help("set `expire: false` in `chpasswd` if a program logs in, or `expire: true` if this is meant");
    if let Some(edit) = edit {
        finding.fix_all(Safety::Unsafe, "let the password stay valid", vec![edit]);
    }
}
