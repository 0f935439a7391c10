use dryboot_lint::crypt_hash::{Password, classify};
use dryboot_lint::{Safety, Severity};

use super::accounts::{Account, PASSWORDS, accounts, mentions};
use crate::lint::{Context, Rule, entry_before};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "locked-password", severity: Severity::Warning, docs: docs!("locked_password.md"), check };

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        check_account(context, account);
    }
}

fn check_account<'c>(context: &mut Context<'c>, account: &Account<'c>) {
    let given = PASSWORDS.iter().find_map(|name| Some((*name, account.text(context, name)?)));
    let Some((name, (at, text))) = given else { return };
    let is_locked_on_purpose = name != "plain_text_passwd" && classify(text) == Password::Locked;
    if is_locked_on_purpose
        || !account.is_locked(context)
        || account.has_new_password(context)
        || mentions(context, &["passwd", "usermod"])
    {
        return;
    }
    let is_said = account.get(context, "lock_passwd").is_some();
    let (severity, why) = match is_said {
        true => (Severity::Info, "`lock_passwd` is true"),
        false => (Severity::Warning, "`lock_passwd` is true by default"),
    };
    let edit = entry_before(context, &account.at, &at, "lock_passwd: false").filter(|_| !is_said);
    let message = format!("nobody can log in with this password: {why}, so cloud-init locks it");
    let finding = context
        .report(context.span(&at), message)
        .severity(severity)
        .path(at.path)
        .help(format!("set `lock_passwd: false` to use the password, or remove `{name}`"));
    if let Some(edit) = edit {
        finding.fix_all(Safety::Unsafe, "add `lock_passwd: false`", vec![edit]);
    }
}
