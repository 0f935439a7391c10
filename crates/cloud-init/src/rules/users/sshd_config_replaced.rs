use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "sshd-config-replaced",
    severity: Severity::Info,
    docs: docs!("sshd_config_replaced.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for file in
        File::all(context).iter().filter(|file| file.target == "/etc/ssh/sshd_config" && !file.appends)
    {
        let Some(content) = file.content(context) else { continue };
        let words = content.lines().filter_map(|line| line.split_whitespace().next());
        if words.clone().next().is_none() || words.clone().any(|word| word.eq_ignore_ascii_case("include")) {
            continue;
        }
        let span = file.path_span(context);
        let message = "this replaces the whole sshd configuration: sshd no longer reads what the image and \
            `ssh_pwauth` write to `sshd_config.d`";
        context
            .report(span, message)
            .path(format!("{}.path", file.at.path))
            .help("write your settings to a file such as `/etc/ssh/sshd_config.d/10-local.conf`");
    }
}
