use dryboot_lint::Severity;

use super::host_names::{File, files, top_truth};
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "overwritten-host-file",
    severity: Severity::Warning,
    docs: docs!("overwritten_host_file.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        match file.path.as_str() {
            "/etc/hosts" if manages_hosts(context) => hosts_file(context, &file),
            "/etc/hostname" if top_truth(context, "preserve_hostname") != Some(true) && !file.is_deferred => {
                context
                    .report(
                        context.span(&file.at),
                        "cloud-init sets the host name after it writes this file, and overwrites the file",
                    )
                    .severity(Severity::Info)
                    .path(file.at.path)
                    .help("use `hostname`, or `preserve_hostname: true`");
            }
            _ => {}
        }
    }
    if manages_hosts(context) {
        for (at, command) in commands(context) {
            if changes_hosts(&command) {
                let message =
                    "this change to `/etc/hosts` is lost on the next boot: cloud-init rewrites the file";
                report(context, &at, message);
            }
        }
    }
}

fn hosts_file<'c>(context: &mut Context<'c>, file: &File<'c>) {
    let when = if file.is_deferred { "on the next boot" } else { "later in this boot and on every other" };
    report(context, &file.at, &format!("cloud-init rewrites `/etc/hosts` {when}: this file is lost"));
}

fn report<'c>(context: &mut Context<'c>, at: &At<'c>, message: &str) {
    let label = context.top("manage_etc_hosts").map(|at| context.source(context.key_span(&at)));
    let span = context.span(at);
    let finding = context
        .report(span, message)
        .path(at.path)
        .help("set `manage_etc_hosts` to `false`, or change the template in `/etc/cloud/templates`");
    if let Some(label) = label {
        finding.label(label, "because of this");
    }
}

/// Whether cloud-init writes the whole of `/etc/hosts` on every boot.
fn manages_hosts(context: &Context<'_>) -> bool {
    let Some(at) = context.top("manage_etc_hosts") else { return false };
    top_truth(context, "manage_etc_hosts") == Some(true) || context.str(&at) == Some("template")
}

/// The commands of `runcmd`, each as one text.
fn commands<'c>(context: &Context<'c>) -> Vec<(At<'c>, String)> {
    let items = context.top("runcmd").map(|list| context.items(&list)).unwrap_or_default();
    let text = |at: &At<'c>| match context.str(at) {
        Some(text) => text.to_owned(),
        None => {
            let words = context.items(at);
            words.iter().filter_map(|word| context.str(word)).collect::<Vec<_>>().join(" ")
        }
    };
    items.into_iter().map(|at| (at, text(&at))).collect()
}

fn changes_hosts(command: &str) -> bool {
    let is_end =
        |rest: &str| !rest.starts_with(|char: char| char.is_ascii_alphanumeric() || ".-_/".contains(char));
    command.lines().any(|line| {
        let is_named = line.match_indices("/etc/hosts").any(|(at, name)| {
            is_end(&line[at + name.len()..])
                && !line[..at].ends_with(|char: char| char.is_ascii_alphanumeric())
        });
        let writes = [">> /etc/hosts", ">>/etc/hosts", "> /etc/hosts", ">/etc/hosts"];
        let edits = line.contains("sed -i") || (line.contains("tee ") && line.contains('|'));
        is_named && (edits || writes.iter().any(|words| line.contains(words)))
    })
}

#[cfg(test)]
mod tests {
    use super::changes_hosts;

    #[test]
    fn only_writing_is_a_change() {
        for command in [
            "echo 10.0.0.1 db >> /etc/hosts",
            "echo 10.0.0.1 db | tee -a /etc/hosts",
            "sed -i s/a/b/ /etc/hosts",
            "sh -c echo a >/etc/hosts",
        ] {
            assert!(changes_hosts(command), "{command}");
        }
        for command in [
            "cat /etc/hosts",
            "cp /etc/hosts /tmp",
            "echo sshd >> /etc/hosts.allow",
            "echo a >> /srv/etc/hosts",
            "grep db /etc/hosts\nsed -i s/a/b/ /etc/motd",
        ] {
            assert!(!changes_hosts(command), "{command}");
        }
    }
}
