use std::collections::HashMap;

use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

use super::{DEFAULT_USERS, added, new_homes};
use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "home-before-user", severity: Severity::Warning, docs: docs!("home_before_user.md"), check };

fn check(context: &mut Context<'_>) {
    let files = File::all(context);
    let written: Vec<(&File<'_>, &str)> = files
        .iter()
        .filter(|file| !file.is_deferred)
        .filter_map(|file| Some((file, file.target.strip_prefix("/home/")?.split_once('/')?.0)))
        .collect();
    if written.is_empty() {
        return;
    }
    let accounts: HashMap<&str, Span> = new_homes(context).into_iter().collect();
    for (file, name) in written {
        let account = accounts.get(name);
        let is_default = DEFAULT_USERS.contains(&name);
        if account.is_none() && !is_default {
            continue;
        }
        let span = file.path_span(context);
        let added = added(context, &file.at, "path", "defer", "true");
        let message = match account {
            Some(_) => format!(
                "`/home/{name}` is created for this file, before the account: it belongs to root and lacks \
                 the usual files"
            ),
            None => format!(
                "if the image does not have the account `{name}` yet, `/home/{name}` is created first and \
                 belongs to root"
            ),
        };
        let severity = if account.is_some() { Severity::Warning } else { Severity::Info };
        let finding = context.report(span, message).severity(severity).path(format!("{}.path", file.at.path));
        let finding = finding.help(format!("add `defer: true` and `owner: {name}:{name}`"));
        let finding = match account {
            Some(place) => finding.label(*place, "created after files are written"),
            None => finding,
        };
        if let Some((span, text)) = added {
            finding.fix(Safety::Unsafe, "add `defer: true`", span, text);
        }
    }
}
