use dryboot_lint::Severity;

use super::accounts::{accounts, is_unfilled};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "bad-user-name", severity: Severity::Error, docs: docs!("bad_user_name.md"), check };

/// The longest name that `useradd` accepts.
const LONGEST: usize = 32;

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        let Some(fault) = fault(account.name) else { continue };
        let at = context.get(&account.at, "name").unwrap_or(account.at);
        let message = format!(
            "a user name cannot {fault}: `useradd` refuses it, and cloud-init does not create the \
             remaining users"
        );
        context
            .report(context.span(&at), message)
            .path(at.path)
            .help("use lower-case letters, digits, hyphens and underscores, and begin with a letter");
    }
}

/// What every `useradd` refuses.
fn fault(name: &str) -> Option<String> {
    if is_unfilled(name) {
        return None;
    }
    let is_refused = |char: char| char.is_whitespace() || char.is_control() || matches!(char, ':' | '/');
    if let Some(odd) = name.chars().find(|&char| is_refused(char)) {
        let what = if odd.is_ascii_graphic() { format!("`{odd}`") } else { "a blank".to_owned() };
        return Some(format!("contain {what}"));
    }
    if name.starts_with(['-', '+', '~']) {
        return Some(format!("begin with `{}`", &name[..1]));
    }
    (name.len() > LONGEST).then(|| format!("be longer than {LONGEST} characters"))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_what_no_distribution_accepts_is_a_fault() {
        for name in ["Jane Doe", "a:b", "home/jane", "-jane", &"a".repeat(33)] {
            assert!(fault(name).is_some(), "{name}");
        }
        for name in ["jane", "jane.doe", "Jane", "_jane", "jane$", "j4ne-doe", "${user}", "{{ user }}"] {
            assert_eq!(fault(name), None, "{name}");
        }
    }
}
