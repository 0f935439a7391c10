use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule, Script, Step};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "firewall-without-ssh",
    severity: Severity::Warning,
    docs: docs!("firewall_without_ssh.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "runcmd");
    let ufw = |step: &Step, verbs: &[&str]| step.command.program() == "ufw" && step.command.has(verbs);
    let Some(enable) = script.commands.iter().find(|step| ufw(step, &["enable"])) else { return };
    let lets_in = |step: &Step| ufw(step, &["allow", "limit", "disable", "route"]);
    // A file of the user's may allow what it needs, too.
    let is_elsewhere = File::all(context).iter().any(|file| {
        file.target.contains("ufw") || file.content(context).is_none_or(|content| content.contains("ufw"))
    });
    if script.commands.iter().any(lets_in) || is_elsewhere {
        return;
    }
    let range = enable.command.span();
    let span = script.span(context, &range);
    let message = "the firewall blocks all connections: no `ufw allow` opens a port, not even for SSH";
    let finding = context.report(span, message).path(script.path(&range));
    finding.help("add `ufw allow OpenSSH` before it");
}
