use dryboot_lint::{Edit, Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{Content, Span};

use super::accounts::{accounts, has_default, mentions};
use crate::lint::{At, Context, Rule, line_break};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "users-without-default",
    severity: Severity::Warning,
    docs: docs!("users_without_default.md"),
    check,
};

/// What commands and files have to do with when they let somebody in.
const WAYS_IN: [&str; 11] = [
    "authorized_keys",
    "ssh-import-id",
    "useradd",
    "adduser",
    "passwd",
    "usermod",
    ".ssh",
    "sshd",
    "sssd",
    "autologin",
    // On Windows, nobody has to log in.
    "wsl.conf",
];

fn check(context: &mut Context<'_>) {
    let Some(users) = context.top("users") else { return };
    let accounts = accounts(context);
    if accounts.is_empty() || has_default(context) || mentions(context, &WAYS_IN) {
        return;
    }
    let root_may_log_in =
        context.top("disable_root").is_some_and(|at| matches!(context.value(at.value), Value::Bool(false)))
            || context.top("chpasswd").is_some();
    if root_may_log_in || accounts.iter().any(|account| account.has_way_in(context)) {
        return keys_of_platform(context, &users);
    }
    let who = match &*accounts {
        [one] => format!("`{}`", one.name),
        _ => "none of these users".to_owned(),
    };
    let has = if accounts.len() == 1 { "has neither" } else { "has either" };
    let or = if accounts.len() == 1 { "nor" } else { "or" };
    let default = default_user(context);
    let message = format!("{who} {has} an SSH key {or} a password, and {default} is not created");
    let fix = default_first(context, &users);
    let finding = context
        .report(context.key_span(&users), message)
        .path(users.path)
        .help("nobody can log in, unless the image allows root logins: add `- default`, or add `ssh_authorized_keys` to a user");
    if let Some(edit) = fix {
        finding.fix_all(Safety::Unsafe, "add `default`", vec![edit]);
    }
}

/// The image's default user, by name where that is known.
fn default_user(context: &Context<'_>) -> String {
    let name = context.default_user();
    name.map_or_else(|| "the image's default user".to_owned(), |name| format!("the default user `{name}`"))
}

/// The SSH keys that were chosen for a machine are the default user's.
fn keys_of_platform<'c>(context: &mut Context<'c>, users: &At<'c>) {
    let Some(platform) = context.platform().filter(|platform| platform.gives_keys) else { return };
    let (title, default) = (platform.title, default_user(context));
    let message =
        format!("the SSH key that {title} gives the machine is for {default}, which is not created");
    let fix = default_first(context, users);
    let finding = context.report(context.key_span(users), message).severity(Severity::Info);
    let finding = finding.path(users.path).help("add `- default` if you want to log in with that key");
    if let Some(edit) = fix {
        finding.fix_all(Safety::Unsafe, "add `default`", vec![edit]);
    }
}

/// `- default` before the first item of a list.
fn default_first<'c>(context: &Context<'c>, users: &At<'c>) -> Option<Edit> {
    let node = context.tree()?.node(users.value);
    let Content::Sequence(items) = &node.content else { return None };
    let start = items.first()?.start;
    let text = match node.flow {
        true => "default, ".to_owned(),
        false => format!("- default{}", line_break(context.read, start)),
    };
    Some(Edit { span: Span::empty(start), text })
}
