use dryboot_lint::Severity;

use super::accounts::{accounts, is_unfilled};
use super::ssh_keys::listed;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-import-id",
    severity: Severity::Warning,
    docs: docs!("invalid_import_id.md"),
    check,
};

/// Words that mean nothing elsewhere, and are names of accounts here.
const NOBODY: [&str; 6] = ["none", "null", "nil", "undefined", "false", "no"];
/// Where accounts are.
const SERVICES: [&str; 3] = ["lp", "gh", "gl"];

fn check(context: &mut Context<'_>) {
    let accounts = accounts(context);
    let of_users = accounts.iter().filter_map(|user| user.get(context, "ssh_import_id"));
    let all: Vec<At<'_>> = context.top("ssh_import_id").into_iter().chain(of_users).collect();
    for (at, text) in all.iter().flat_map(|at| listed(context, at)).collect::<Vec<_>>() {
        for id in text.split(',').map(str::trim).filter(|id| !id.is_empty() && !is_unfilled(id)) {
            if let Some((message, help)) = fault(id) {
                context.report(context.span(&at), message).path(at.path).help(help);
            }
        }
    }
}

fn fault(id: &str) -> Option<(String, &'static str)> {
    if NOBODY.contains(&id.to_ascii_lowercase().as_str()) {
        let message = format!(
            "`{id}` is a string here: whoever owns the Launchpad account of that name may be able to log in"
        );
        return Some((message, "remove the key to import nothing"));
    }
    if id.starts_with("ssh-") && id.contains(' ') {
        let message = "this is an SSH key, not the name of an account: it is not imported";
        return Some((message.to_owned(), "put it below `ssh_authorized_keys`"));
    }
    let (service, _) = id.split_once(':')?;
    let message = format!("`ssh-import-id` does not know the service `{service}`: no keys are imported");
    (!SERVICES.contains(&service))
        .then_some((message, "write `gh:NAME` for GitHub or `lp:NAME` for Launchpad"))
}
