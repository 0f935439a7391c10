use std::collections::{HashMap, HashSet};

use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

use super::{DEFAULT_USERS, added, new_accounts};
use crate::lint::{At, Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "owner-before-user", severity: Severity::Error, docs: docs!("owner_before_user.md"), check };

/// Accounts that packages make, where the two have different names.
const OF_PACKAGES: [(&str, &[&str]); 6] = [
    ("postgres", &["postgresql", "postgresql-server"]),
    ("mysql", &["mysql-server", "mariadb-server"]),
    ("redis", &["redis-server"]),
    ("docker", &["docker.io", "docker-ce"]),
    ("rabbitmq", &["rabbitmq-server"]),
    ("apache", &["httpd"]),
];

fn check(context: &mut Context<'_>) {
    let files = File::all(context);
    let owned: Vec<(&File<'_>, At<'_>, &str)> = files
        .iter()
        .filter(|file| !file.is_deferred)
        .filter_map(|file| {
            let at = context.get(&file.at, "owner")?;
            Some((file, at, context.str(&at)?))
        })
        .collect();
    if owned.is_empty() {
        return;
    }
    let accounts: HashMap<&str, Span> = new_accounts(context).into_iter().collect();
    let packages = packages(context);
    for (file, at, owner) in owned {
        let names = owner.split(':').map(str::trim).filter(|name| !name.is_empty());
        let known = names.clone().find_map(|name| {
            let is_package = made_by(name).any(|package| packages.contains(package));
            match accounts.get(name) {
                Some(place) => Some((name, Some(*place), Severity::Error)),
                None if is_package => Some((name, None, Severity::Error)),
                None if DEFAULT_USERS.contains(&name) => Some((name, None, Severity::Warning)),
                None => None,
            }
        });
        let Some((name, place, severity)) = known else { continue };
        let span = context.first_line(&at);
        let added = added(context, &file.at, "owner", "defer", "true");
        let message = match severity {
            Severity::Error => {
                format!(
                    "`{name}` does not exist yet when files are written: this file belongs to root, and \
                     the files after it are not written"
                )
            }
            _ => format!(
                "unless the image already has `{name}`, this file belongs to root, and the files after it \
                 are not written"
            ),
        };
        let finding = context.report(span, message).severity(severity).path(at.path);
        let finding = finding
            .help("add `defer: true`: the file is then written after accounts and packages are in place");
        let finding = match place {
            Some(place) => finding.label(place, "created after files are written"),
            None => finding,
        };
        if let Some((span, text)) = added {
            finding.fix(Safety::Unsafe, "add `defer: true`", span, text);
        }
    }
}

fn packages<'c>(context: &Context<'c>) -> HashSet<&'c str> {
    let list = context.top("packages").map(|list| context.items(&list)).unwrap_or_default();
    list.iter().filter_map(|item| context.str(item)).collect()
}

/// Packages that make an account of their own name.
const OWN_NAME: [&str; 9] =
    ["nginx", "jenkins", "telegraf", "asterisk", "grafana", "prometheus", "caddy", "haproxy", "consul"];

/// The packages that make an account of this name.
fn made_by(account: &str) -> impl Iterator<Item = &'static str> {
    let own = OWN_NAME.into_iter().find(|name| *name == account);
    let others = OF_PACKAGES.iter().find(|(name, _)| *name == account).map(|(_, packages)| *packages);
    own.into_iter().chain(others.into_iter().flatten().copied())
}
