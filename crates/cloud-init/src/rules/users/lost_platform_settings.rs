use dryboot_lint::Severity;
use dryboot_yaml::Span;

use crate::lint::{Context, Rule, joined};
use crate::rules::docs;
use crate::verdict::Kind;

pub(super) static RULE: Rule = Rule {
    name: "lost-platform-settings",
    severity: Severity::Info,
    docs: docs!("lost_platform_settings.md"),
    check,
};

/// What the platform would set by itself, and the keys any of which sets it.
const SETTINGS: [(&str, &[&str]); 2] = [
    ("a host name", &["hostname", "fqdn", "preserve_hostname"]),
    (
        "an account with a key or a password",
        &["users", "user", "ssh_authorized_keys", "password", "chpasswd"],
    ),
];

fn check(context: &mut Context<'_>) {
    let Some(platform) = context.platform().filter(|platform| platform.replaces_settings) else { return };
    if context.subject.kind != Kind::UserData || context.root().is_none() {
        return;
    }
    let missing: Vec<String> = SETTINGS
        .iter()
        .filter(|(_, keys)| keys.iter().all(|key| context.top(key).is_none()))
        .map(|(what, _)| (*what).to_owned())
        .collect();
    if missing.is_empty() {
        return;
    }
    let end = context.text.lines().next().map_or(0, str::len);
    let (title, what) = (platform.title, joined(&missing, "and"));
    let message = format!("on {title}, this file replaces the platform's own user-data, and lacks {what}");
    let help = "add them here; the settings of the machine's Cloud-Init tab are not used";
    context.report_at(Span::new(0, end), message).help(help);
}
