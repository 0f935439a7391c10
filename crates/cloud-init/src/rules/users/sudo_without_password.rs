use dryboot_lint::Severity;
use dryboot_schema::Value;

use super::accounts::{Account, accounts, is_true, mentions};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "sudo-without-password",
    severity: Severity::Info,
    docs: docs!("sudo_without_password.md"),
    check,
};

/// Groups whose members may use sudo, with their own password.
const MAY_SUDO: [&str; 3] = ["sudo", "wheel", "admin"];

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter().filter(|account| !account.is_default) {
        let Some(groups) = account.get(context, "groups") else { continue };
        let names = names(context, account);
        let Some(group) = names.iter().find(|name| MAY_SUDO.contains(name)) else { continue };
        let has_rule = ["sudo", "doas"]
            .iter()
            .any(|key| account.get(context, key).is_some_and(|at| is_true(context, &at)));
        if has_rule || account.has_password(context) || !account.has_way_in(context) || account.name == "root"
        {
            continue;
        }
        if mentions(context, &["sudoers", "passwd", "usermod"]) {
            return;
        }
        let message = format!(
            "`{}` cannot use sudo: it asks members of `{group}` for their password, and this user has none",
            account.name
        );
        context
            .report(context.span(&groups), message)
            .path(groups.path)
            .help("add a rule, such as `sudo: ALL=(ALL) NOPASSWD:ALL`");
    }
}

fn names<'c>(context: &Context<'c>, account: &Account<'c>) -> Vec<&'c str> {
    let Some(groups) = account.get(context, "groups") else { return Vec::new() };
    match context.value(groups.value) {
        Value::Str(names) => names.split(',').map(str::trim).collect(),
        Value::Map(_) => context.entries(&groups).into_iter().map(|(name, _)| name).collect(),
        _ => context.items(&groups).iter().filter_map(|item| context.str(item)).map(str::trim).collect(),
    }
}
