use dryboot_lint::Severity;
use dryboot_yaml::Span;

use super::accounts::{accounts, is_unfilled};
use super::passwords::listed;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;
use crate::rules::files::{DEFAULT_USERS, IN_IMAGES};

pub(super) static RULE: Rule = Rule {
    name: "password-for-nobody",
    severity: Severity::Warning,
    docs: docs!("password_for_nobody.md"),
    check,
};

/// The default user of Debian's images for EC2, which is too common a name to be one everywhere.
const ADMIN: &str = "admin";

fn check<'c>(context: &mut Context<'c>) {
    let Some(chpasswd) = context.top("chpasswd") else { return };
    // Something else may create users before cloud-init sets passwords.
    if context.top("bootcmd").is_some() {
        return;
    }
    let created: Vec<&str> = accounts(context).iter().map(|account| account.name).collect();
    let users = context.get(&chpasswd, "users").map(|users| context.items(&users)).unwrap_or_default();
    let of_list = |user: At<'c>| {
        let at = context.get(&user, "name")?;
        Some((context.str(&at)?, context.span(&at), at.path))
    };
    let named = users.into_iter().filter_map(of_list);
    let lines = listed(context, &chpasswd).into_iter().map(|(name, _, password, at)| {
        // The name stands before the password and the colon.
        let end = password.start.saturating_sub(1);
        let own = Span::new(end.saturating_sub(name.len()), end);
        let is_name = context.read.get(own.start..own.end) == Some(name);
        (name, if is_name { own } else { context.first_line(&at) }, at.path)
    });
    for (name, span, path) in named.chain(lines).collect::<Vec<_>>() {
        let is_known = created.contains(&name)
            || DEFAULT_USERS.contains(&name)
            || IN_IMAGES.contains(&name)
            || name == ADMIN;
        if is_known || is_unfilled(name) || context.default_user() == Some(name) {
            continue;
        }
        let message = format!("`users` does not create `{name}`: unless the image has it, `chpasswd` fails");
        context.report(span, message).path(path).help("add the user to `users`, or correct the name");
    }
}
