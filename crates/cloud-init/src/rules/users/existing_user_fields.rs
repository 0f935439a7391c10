use dryboot_lint::{Safety, Severity};

use super::accounts::{Account, accounts};
use crate::lint::{Context, Rule, joined};
use crate::rules::docs;
use crate::rules::files::DEFAULT_USERS;

pub(super) static RULE: Rule = Rule {
    name: "existing-user-fields",
    severity: Severity::Warning,
    docs: docs!("existing_user_fields.md"),
    check,
};

/// What only a new user gets.
const FOR_NEW: [&str; 10] = [
    "passwd",
    "gecos",
    "groups",
    "primary_group",
    "homedir",
    "shell",
    "uid",
    "expiredate",
    "inactive",
    "selinux_user",
];

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        if account.name != "root" {
            default_user(context, account);
            continue;
        }
        let has_other = ["hashed_passwd", "plain_text_passwd"].iter().any(|name| account.has(context, name))
            || account.has_new_password(context);
        let given: Vec<_> = FOR_NEW
            .iter()
            .filter(|name| **name != "passwd" || !has_other)
            .filter_map(|name| Some((*name, account.get(context, name)?)))
            .collect();
        let Some(place) = context.get(&account.at, "name") else { continue };
        let names: Vec<String> = given.iter().map(|(name, _)| format!("`{name}`")).collect();
        let Some((first, at)) = given.first() else { continue };
        let verb = if names.len() == 1 { "is" } else { "are" };
        let is_password = *first == "passwd";
        let severity = if is_password { Severity::Warning } else { Severity::Info };
        let help = match is_password {
            true => "use `hashed_passwd`, which is also set for existing users",
            false => "change the user with `usermod` in `runcmd`",
        };
        let message = format!("`root` already exists: {} {verb} ignored", joined(&names, "and"));
        let key = context.key_span(at);
        let finding =
            context.report(context.span(&place), message).severity(severity).path(place.path).help(help);
        if is_password {
            finding.fix(Safety::Unsafe, "rename to `hashed_passwd`", key, "hashed_passwd");
        }
    }
}

/// An image that was booted before, as templates of hypervisors are, has its default user already.
fn default_user<'c>(context: &mut Context<'c>, account: &Account<'c>) {
    let other = ["hashed_passwd", "plain_text_passwd"].iter().any(|name| account.has(context, name));
    if other || !DEFAULT_USERS.contains(&account.name) || account.has_new_password(context) {
        return;
    }
    let Some((at, _)) = account.text(context, "passwd") else { return };
    let key = context.key_span(&at);
    let message = format!("if the image already has `{}`, `passwd` is ignored", account.name);
    context
        .report(key, message)
        .severity(Severity::Info)
        .path(at.path)
        .help("use `hashed_passwd`, which is also set for existing users")
        .fix(Safety::Unsafe, "rename to `hashed_passwd`", key, "hashed_passwd");
}
