use dryboot_lint::Severity;
use dryboot_schema::Value;

use super::accounts::{accounts, has_default, is_true};
use super::ssh_keys::listed;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "keys-for-nobody", severity: Severity::Warning, docs: docs!("keys_for_nobody.md"), check };

/// What the top level gives to the default user, and what a user has instead of it.
const FOR_DEFAULT: [(&str, &str); 3] = [
    ("ssh_authorized_keys", "`ssh_authorized_keys`"),
    ("ssh_import_id", "`ssh_import_id`"),
    ("password", "`hashed_passwd` and `lock_passwd: false`"),
];

fn check(context: &mut Context<'_>) {
    let Some(users) = context.top("users") else { return };
    if has_default(context) {
        return;
    }
    for (name, instead) in FOR_DEFAULT {
        let Some(at) = context.top(name) else { continue };
        if !is_true(context, &at) || (name == "ssh_authorized_keys" && reaches_somebody(context, &at)) {
            continue;
        }
        let message = format!(
            "`{name}` is for the default user, which is not created: `users` does not include `default`"
        );
        let (key, list) = (context.key_span(&at), context.key_span(&users));
        // The line of a password is not to be shown.
        let is_secret = name == "password";
        let label = context.source(list);
        let finding = context
            .report(if is_secret { list } else { key }, message)
            .path(name)
            .help(format!("add `- default` to `users`, or give one of the users {instead}"));
        if !is_secret {
            finding.label(label, "this list replaces the default user");
        }
    }
}

/// Whether root may use these keys, or every one of them is a user's as well.
fn reaches_somebody<'c>(context: &Context<'c>, keys: &At<'c>) -> bool {
    let disabled = context.top("disable_root").map(|at| context.value(at.value));
    let of_users: Vec<&str> = accounts(context)
        .iter()
        .filter_map(|user| user.get(context, "ssh_authorized_keys"))
        .flat_map(|keys| listed(context, &keys))
        .map(|(_, key)| key.trim())
        .collect();
    matches!(disabled, Some(Value::Bool(false)))
        || listed(context, keys).iter().all(|(_, key)| of_users.contains(&key.trim()))
}
