use dryboot_lint::{Severity, nearest};

use super::accounts::is_unfilled;
use super::host_names::truth;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-ssh-pwauth",
    severity: Severity::Warning,
    docs: docs!("invalid_ssh_pwauth.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(at) = context.top("ssh_pwauth") else { return };
    let Some(text) = context.str(&at) else { return };
    let is_known = truth(context, &at).is_some() || text.eq_ignore_ascii_case("unchanged");
    if is_known || is_unfilled(text) {
        return;
    }
    let help = match nearest(text, ["true", "false", "unchanged"]) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `true` or `false`".to_owned(),
    };
    let message = "cloud-init does not know this value of `ssh_pwauth`: sshd keeps the setting of the image";
    context.report(context.span(&at), message).path("ssh_pwauth").help(help);
}
