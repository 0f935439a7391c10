use dryboot_lint::{Safety, Severity};

use super::{DEFAULT_USERS, added, new_accounts};
use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "home-before-user", severity: Severity::Warning, docs: docs!("home_before_user.md"), check };

fn check(context: &mut Context<'_>) {
    let accounts = new_accounts(context);
    for file in File::all(context).iter().filter(|file| !file.is_deferred) {
        let Some(name) = file.target.strip_prefix("/home/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        let name = name.0;
        let account = accounts.iter().find(|(account, _)| account == name);
        let is_default = DEFAULT_USERS.contains(&name);
        if account.is_none() && !is_default {
            continue;
        }
        let span = file.path_span(context);
        let added = added(context, &file.at, "path", "defer", "true");
        let message = match account {
            Some(_) => format!(
                "`/home/{name}` is made for this file, before the account: it belongs to root and lacks the usual files"
            ),
            None => format!(
                "if the image does not have the account `{name}` yet, `/home/{name}` is made before it and belongs to root"
            ),
        };
        let severity = if account.is_some() { Severity::Warning } else { Severity::Info };
        let finding = context.report(span, message).severity(severity).path(format!("{}.path", file.at.path));
        let finding = finding.help(format!("add `defer: true` and `owner: {name}:{name}`"));
        let finding = match account {
            Some((_, place)) => finding.label(*place, "made after files are written"),
            None => finding,
        };
        if let Some((span, text)) = added {
            finding.fix(Safety::Unsafe, "add `defer: true`", span, text);
        }
    }
}
