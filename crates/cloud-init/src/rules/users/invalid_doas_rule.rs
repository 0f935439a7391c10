use dryboot_lint::Severity;

use super::accounts::{accounts, is_unfilled};
use super::ssh_keys::listed;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-doas-rule", severity: Severity::Error, docs: docs!("invalid_doas_rule.md"), check };

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        let Some(doas) = account.get(context, "doas") else { continue };
        for (at, rule) in listed(context, &doas) {
            // The default user has a name that the image gives it.
            if is_unfilled(rule) || account.is_default || user(rule) == Some(account.name) {
                continue;
            }
            let message = format!(
                "this is not a doas rule about `{name}`: cloud-init writes none of the rules of this user",
                name = account.name
            );
            context
                .report(context.span(&at), message)
                .path(at.path)
                .help(format!("a rule names its user, such as `permit nopass {}`", account.name));
        }
    }
}

/// The user that a rule is about.
fn user(rule: &str) -> Option<&str> {
    const OPTIONS: [&str; 4] = ["keepenv", "nolog", "nopass", "persist"];
    let mut words = rule.split_whitespace();
    words.next().filter(|action| ["permit", "deny"].contains(action))?;
    let mut words = words.skip_while(|word| OPTIONS.contains(word));
    match words.next()? {
        "setenv" => {
            words.find(|word| word.ends_with('}'))?;
            words.next()
        }
        user => Some(user),
    }
}
