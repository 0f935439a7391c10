use dryboot_lint::Severity;

use super::accounts::{accounts, is_unfilled};
use super::ssh_keys::listed;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-sudo-rule", severity: Severity::Error, docs: docs!("invalid_sudo_rule.md"), check };

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        let Some(sudo) = account.get(context, "sudo") else { continue };
        for (at, rule) in listed(context, &sudo) {
            let Some(why) = fault(rule, account.name) else { continue };
            context
                .report(context.span(&at), format!("{why}: sudo cannot read this rule"))
                .path(at.path)
                .help("a rule looks like `ALL=(ALL) NOPASSWD:ALL`; cloud-init adds the user itself");
        }
    }
}

/// Why a rule is a syntax error after the name of the user: `HOSTS = (RUNAS) COMMANDS`.
fn fault(rule: &str, user: &str) -> Option<String> {
    let rule = rule.trim();
    if rule.is_empty() || is_unfilled(rule) || rule.contains(['\n', '\\', '"', '#']) {
        return None;
    }
    let Some((hosts, commands)) = rule.split_once('=') else {
        return Some("there is no `=` between the host and the commands".to_owned());
    };
    if hosts.split_whitespace().next() == Some(user) && hosts.trim() != user {
        return Some(format!("cloud-init adds the user `{user}` to the rule, which already names it"));
    }
    if hosts.trim().is_empty() {
        return Some("there is no host before the `=`".to_owned());
    }
    commands.trim().is_empty().then(|| "there is no command after the `=`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn rules_have_hosts_and_commands() {
        for rule in ["NOPASSWD:ALL", "true", "yes", "ops ALL=(ALL) ALL", "ALL=", "=(ALL) ALL"] {
            assert!(fault(rule, "ops").is_some(), "{rule}");
        }
        for rule in [
            "ALL=(ALL) NOPASSWD:ALL",
            "ALL=(ALL:ALL) ALL",
            "ALL = (root) /usr/bin/apt, /usr/bin/systemctl restart web",
            "web1, web2 = ALL",
            "ALL=NOPASSWD: /bin/a --x=y",
            "${sudo_rule}",
            "",
        ] {
            assert_eq!(fault(rule, "ops"), None, "{rule}");
        }
    }
}
