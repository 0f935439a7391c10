use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "unapplied-netplan", severity: Severity::Error, docs: docs!("unapplied_netplan.md"), check };

fn check(context: &mut Context<'_>) {
    let is_netplan =
        |file: &&File<'_>| file.target.starts_with("/etc/netplan/") && file.target.ends_with(".yaml");
    let files = File::all(context);
    let mut netplans = files.iter().filter(is_netplan).peekable();
    if netplans.peek().is_none() {
        return;
    }
    let script = Script::of(context, "runcmd");
    let applies = |content: &str| content.contains("netplan apply") || content.contains("netplan try");
    let is_applied =
        ["netplan", "networkd", "NetworkManager", "nmcli"].iter().any(|word| script.mentions(word))
            || files.iter().any(|file| file.content(context).is_some_and(|text| applies(&text)))
            || script.commands.iter().any(|step| matches!(step.command.program(), "reboot" | "shutdown"))
            || context.top("power_state").is_some();
    for file in netplans {
        let span = file.path_span(context);
        let path = format!("{}.path", file.at.path);
        let content = file.content(context);
        if content.as_deref().is_some_and(lacks_network) {
            let span = context.get(&file.at, "content").map_or(span, |at| context.key_span(&at));
            let message = "netplan rejects this file: `network:` is missing at the top";
            let finding = context.report(span, message).path(format!("{}.content", file.at.path));
            finding.help("put `network:` at the top, and indent everything below it");
        }
        if !is_applied {
            let message = "nothing applies this file at the first boot: it takes effect at the next one";
            let finding = context.report(span, message).severity(Severity::Warning).path(path.clone());
            finding.help("add `netplan apply` to `runcmd`");
        }
        if file.target == "/etc/netplan/50-cloud-init.yaml" {
            let message = "cloud-init writes this file itself, and may overwrite it";
            let finding = context.report(span, message).severity(Severity::Info).path(path.clone());
            finding.help("use another name, such as `60-network.yaml`");
        }
        if file.mode(context) & 0o077 != 0 {
            let message = "netplan warns about files that others can read";
            let finding = context.report(span, message).severity(Severity::Info).path(path);
            finding.help("write `permissions: '0600'`");
        }
    }
}

/// Whether the first key of the file is another one.
fn lacks_network(content: &str) -> bool {
    let mut lines =
        content.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let keys: Vec<&str> = lines.by_ref().filter(|line| !line.starts_with([' ', '-'])).collect();
    let is_known = |line: &&str| {
        ["version:", "ethernets:", "bonds:", "bridges:", "vlans:", "wifis:", "renderer:"]
            .iter()
            .any(|key| line.starts_with(key))
    };
    keys.iter().any(is_known)
}
