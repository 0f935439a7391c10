use dryboot_lint::Severity;
use dryboot_schema::Release;

use super::accounts::is_true;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "ignored-password", severity: Severity::Warning, docs: docs!("ignored_password.md"), check };

/// The release that brought `chpasswd.users`.
const LIST_OF_USERS: Release = Release::new(22, 3);

fn check(context: &mut Context<'_>) {
    let (Some(password), Some(chpasswd)) = (context.top("password"), context.top("chpasswd")) else { return };
    let lists: &[&str] = if context.release() >= LIST_OF_USERS { &["users", "list"] } else { &["list"] };
    let other = lists.iter().filter_map(|name| context.get(&chpasswd, name)).find(|at| is_true(context, at));
    let Some(other) = other.filter(|_| is_true(context, &password)) else { return };
    let label = context.source(context.key_span(&other));
    context
        .report(context.span(&password), format!("cloud-init ignores `password` because of `{}`", other.path))
        .path(password.path)
        .help(format!("move the password of the default user to `{}`", other.path))
        .label(label, "these passwords are set instead");
}
