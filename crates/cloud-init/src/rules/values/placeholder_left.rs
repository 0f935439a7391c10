use dryboot_lint::Severity;
use dryboot_schema::Value;
use dryboot_yaml::Span;

use crate::lint::{Context, Rule};
use crate::rules::commands::SCRIPTS;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "placeholder-left", severity: Severity::Warning, docs: docs!("placeholder_left.md"), check };

/// Values that somebody has to know, as opposed to text for people and programs. Keys of SSH and host names have rules
/// of their own.
const PLACES: [&str; 17] = [
    "users[].name",
    "users[].passwd",
    "users[].hashed_passwd",
    "users[].plain_text_passwd",
    "users[].ssh_import_id[]",
    "ssh_import_id[]",
    "password",
    "chpasswd.users[].name",
    "chpasswd.users[].password",
    "packages[]",
    "timezone",
    "apt.sources.*.keyid",
    "phone_home.url",
    "ubuntu_pro.token",
    "rh_subscription.activation_key",
    "rh_subscription.org",
    "ansible.pull[].url",
];

/// Where the words of a placeholder mean something else to a shell, or are sent somewhere.
const IN_COMMANDS: [&str; 4] = ["<your", "<YOUR", "<insert", "<INSERT"];

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let is_inside = |pattern: &str| pattern.strip_prefix(key).is_some_and(|rest| rest.starts_with("[]"));
        for place in context.places.matching(&is_inside) {
            let Value::Str(text) = context.value(place.at.value) else { continue };
            if !text.contains('<') {
                continue;
            }
            let Some(words) = IN_COMMANDS.iter().find(|words| text.contains(**words)) else { continue };
            let whole = context.span(&place.at);
            let at = whole.slice(context.read).find(words).map(|at| whole.start + at);
            let span = at
                .map_or_else(|| context.first_line(&place.at), |start| Span::new(start, start + words.len()));
            let message = "this looks like a placeholder; the shell reads `<` and `>` as redirections";
            context.report(span, message).path(place.at.path).help("write the real value");
        }
    }
    for place in context.places.at(&PLACES) {
        let Value::Str(text) = context.value(place.at.value) else { continue };
        if is_placeholder(text) {
            let span = context.first_line(&place.at);
            let message = "this looks like a placeholder, and cloud-init does not replace it";
            context.report(span, message).path(place.at.path).help("write the real value");
        }
    }
}

/// Words that stand for the word `your` and what follows.
const WORDS: [&str; 9] =
    ["your", "changeme", "replaceme", "insert", "todo", "fixme", "placeholder", "xxxx", "redacted"];

fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let is_between = |open: &str, close: &str| {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('\n'))
    };
    let plain: String = text
        .chars()
        .filter(|char| !"-_ <>[]".contains(*char))
        .map(|char| char.to_ascii_lowercase())
        .collect();
    let behind_colon = plain.rsplit(':').next().unwrap_or_default();
    is_between("<", ">")
        || is_between("__", "__")
        || text == "..."
        || WORDS.iter().any(|word| {
            let starts = behind_colon.starts_with(word);
            // `insert` and the like are words of their own; `yourusername` is none.
            starts && (*word == "your" || behind_colon == *word || text.contains('_') || text.contains('-'))
        })
        || (plain.ends_with("here") && text.contains(['_', '-']))
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_told_from_values() {
        for text in [
            "<your-user>",
            "<hash>",
            "YOUR_PACKAGE",
            "gh:your-github-name",
            "CHANGEME",
            "change_me_please",
            "user_name_here",
            "__USER__",
            "...",
            "REPLACE_ME",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "ubuntu",
            "nginx",
            "gh:octocat",
            "insertd",
            "todoman",
            "adhere",
            "linux-here-be-dragon",
            "xxhash",
            "a<b",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
