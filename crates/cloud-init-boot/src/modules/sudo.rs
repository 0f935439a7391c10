//! What users may do as root.

use memchr::memmem;

use crate::boot::{Boot, File, TIME};
use crate::raised::Raised;
use crate::value::{Data, Value};

const SUDOERS: &str = "/etc/sudoers.d/90-cloud-init-users";
const DOAS: &str = "/etc/doas.conf";

pub(super) fn write_sudo_rules(boot: &mut Boot, name: &str, rules: &Value) -> Result<(), Raised> {
    let rules: Vec<String> = match &rules.data {
        Data::Text(rule) => vec![rule.clone()],
        Data::List(rules) => rules.iter().map(Value::shown).collect(),
        _ => {
            let what = format!("a rule for sudo must be text or a list, not a {}", rules.type_name());
            return Err(Raised::type_error(what));
        }
    };
    let lines: String = rules.iter().map(|rule| format!("{name} {rule}\n")).collect();
    let content = format!("\n# User rules for {name}\n{lines}");
    boot.change_mode("/etc/sudoers.d", 0o750);
    append_once(boot, SUDOERS, &content)
}

/// Adds rules, unless they are there already; the first ones make the file.
fn append_once(boot: &mut Boot, path: &str, content: &str) -> Result<(), Raised> {
    match boot.system.files.read(path) {
        Some(before) if memmem::find(before, content.as_bytes()).is_some() => Ok(()),
        Some(_) => {
            let file = File {
                path,
                content: content.as_bytes(),
                bits: 0o440,
                append: true,
                keeps_mode: true,
                ..File::default()
            };
            boot.write_file(file)
        }
        None => {
            let release = boot.release;
            boot.write(path, &format!("# Created by cloud-init v. {release} on {TIME}\n{content}"), 0o440)
        }
    }
}

pub(super) fn write_doas_rules(boot: &mut Boot, name: &str, rules: &Value) -> Result<(), Raised> {
    let text = |rule: &Value| match rule.text() {
        Some(text) => Ok(text.to_owned()),
        None => Err(Raised::type_error(format!("a rule for doas must be text, not `{}`", rule.shown()))),
    };
    let rules: Vec<String> = rules.items()?.iter().map(text).collect::<Result<_, _>>()?;
    for rule in &rules {
        if user_of_doas_rule(rule) != Some(name) {
            let what =
                format!("the doas rule `{rule}` is not one for `{name}`, so none of its rules is written");
            boot.journal.say(crate::journal::Level::Error, what, None);
            return Ok(());
        }
    }
    let lines: String = rules.iter().map(|rule| format!("{rule}\n")).collect();
    append_once(boot, DOAS, &format!("\n# cloud-init User rules for {name}\n{lines}"))
}

/// The user that a rule for doas is about; none if it cannot be read.
fn user_of_doas_rule(rule: &str) -> Option<&str> {
    let mut words = rule.split_whitespace().peekable();
    words.next().filter(|word| ["permit", "deny"].contains(word))?;
    while let Some(word) = words.peek() {
        match *word {
            "nolog" | "nopass" | "persist" | "keepenv" => {
                words.next();
            }
            "setenv" => {
                words.find(|word| word.ends_with('}'))?;
            }
            _ => break,
        }
    }
    let user = words.next()?;
    user.chars().all(|char| char.is_ascii_alphanumeric() || char == '_').then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_a_rule_is_found() {
        for (rule, user) in [
            ("permit nopass other", Some("other")),
            ("deny u1 as root cmd reboot", Some("u1")),
            ("permit keepenv setenv { A B } u2", Some("u2")),
            ("allow u1", None),
            ("permit nopass", None),
        ] {
            assert_eq!(user_of_doas_rule(rule), user, "{rule}");
        }
    }
}
