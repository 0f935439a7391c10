use dryboot_lint::Severity;
use dryboot_schema::Release;

use super::host_names::{files, top_truth};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "sshd-config-conflict",
    severity: Severity::Warning,
    docs: docs!("sshd_config_conflict.md"),
    check,
};

const MAIN: &str = "/etc/ssh/sshd_config";
const FOLDER: &str = "/etc/ssh/sshd_config.d/";
/// The file of cloud-init in the folder, and the release that brought it.
const OWN: &str = "50-cloud-init.conf";
const OWN_SINCE: Release = Release::new(22, 3);

fn check(context: &mut Context<'_>) {
    let (Some(pwauth), Some(wanted)) = (context.top("ssh_pwauth"), top_truth(context, "ssh_pwauth")) else {
        return;
    };
    for file in files(context) {
        let Some(set) = file.content.and_then(password_authentication).filter(|set| *set != wanted) else {
            continue;
        };
        let word = if set { "yes" } else { "no" };
        let line = format!("PasswordAuthentication {word}");
        let message = match file.path.strip_prefix(FOLDER) {
            Some(name) if !has_suffix(name) => continue,
            Some(name) if name < OWN || context.release() < OWN_SINCE => {
                format!("`ssh_pwauth: {wanted}` has no effect: sshd reads `{line}` in this file first")
            }
            Some(_) => {
                format!("`{line}` in this file has no effect: sshd reads `ssh_pwauth: {wanted}` first")
            }
            None if file.path == MAIN => {
                format!("`{line}` in this file and `ssh_pwauth: {wanted}` contradict each other")
            }
            None => continue,
        };
        let label = context.source(context.key_span(&pwauth));
        context
            .report(context.span(&file.at), message)
            .path(file.at.path)
            .help("keep one of the two")
            .label(label, "this sets `PasswordAuthentication` as well");
    }
}

/// sshd only includes such files.
fn has_suffix(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, suffix)| suffix == "conf")
}

/// What a configuration of sshd says for everybody; its first word counts.
fn password_authentication(content: &str) -> Option<bool> {
    let lines = content.lines().map(|line| line.trim().to_ascii_lowercase());
    for line in lines {
        let mut words =
            line.split(|char: char| char.is_whitespace() || char == '=').filter(|word| !word.is_empty());
        match (words.next(), words.next()) {
            (Some("match"), _) => return None,
            (Some("passwordauthentication"), Some("yes")) => return Some(true),
            (Some("passwordauthentication"), Some("no")) => return Some(false),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::password_authentication;

    #[test]
    fn the_first_word_for_everybody_counts() {
        for (content, set) in [
            ("PasswordAuthentication no\n", Some(false)),
            ("Port 22\n  passwordauthentication = YES\nPasswordAuthentication no\n", Some(true)),
            ("# PasswordAuthentication no\n", None),
            ("Match User a\n  PasswordAuthentication no\n", None),
            ("", None),
        ] {
            assert_eq!(password_authentication(content), set, "{content}");
        }
    }
}
