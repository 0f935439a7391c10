use crate::Target;

use crate::lint::context::Context;
use crate::lint::files::{File, files, mode_in_decimal, parse_mode};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-permissions",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("invalid_permissions.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        if file.mode().is_none() {
            report(context, &file);
        }
    }
}

fn report(context: &mut Context<'_>, file: &File<'_>) {
    let text = file.text("permissions");
    let message = "the permissions are not an octal number: coreos-cloudinit stops at this file, so later \
        files and all units are not applied";
    let place = file.value("permissions").and_then(|node| written::verbatim(context.document, node));
    let node = file.value("permissions").unwrap_or(file.node);
    let finding = context.report(file.span_of("permissions"), message).path_of(node);
    let Some((mode, why, safety)) = meant(text) else {
        finding.help("write three or four octal digits in quotes, such as `\"0644\"`");
        return;
    };
    let finding = finding.help(format!("{why}: write `{mode}`"));
    if let Some(place) = place {
        finding.fix(safety, format!("write `{mode}`"), place, mode);
    }
}

/// The mode that is meant, how it can be told, and how certain that is.
fn meant(text: &str) -> Option<(String, &'static str, Safety)> {
    let trimmed = text.trim();
    if is_mode(trimmed) {
        return Some((trimmed.to_owned(), "spaces are not allowed", Safety::Safe));
    }
    if let Some(digits) = trimmed.strip_prefix("0o").filter(|digits| is_mode(digits)) {
        return Some((format!("{digits:0>4}"), "octal numbers are written without `o` here", Safety::Safe));
    }
    if let Some(mode) = mode_in_decimal(trimmed) {
        return Some((format!("{mode:04o}"), "this is a file mode as a decimal number", Safety::Unsafe));
    }
    let mode = symbolic(trimmed)?;
    Some((format!("{mode:04o}"), "the format of `ls` is not supported", Safety::Safe))
}

fn is_mode(digits: &str) -> bool {
    (3..=4).contains(&digits.len()) && parse_mode(digits).is_some_and(|mode| mode >= 0)
}

/// `rw-r--r--`, perhaps with the dash of a plain file before it.
fn symbolic(text: &str) -> Option<u32> {
    let letters = match text.len() {
        10 => text.strip_prefix('-')?,
        9 => text,
        _ => return None,
    };
    letters.bytes().zip(b"rwxrwxrwx").try_fold(0, |mode, (letter, &wanted)| match letter {
        b'-' => Some(mode << 1),
        letter if letter == wanted => Some(mode << 1 | 1),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_guessed_with_care() {
        let mode = |text| meant(text).map(|(mode, _, safety)| (mode, safety));
        assert_eq!(mode("0o644"), Some(("0644".to_owned(), Safety::Safe)));
        assert_eq!(mode("rwxr-x---"), Some(("0750".to_owned(), Safety::Safe)));
        assert_eq!(mode("-rw-r--r--"), Some(("0644".to_owned(), Safety::Safe)));
        assert_eq!(mode("0644 "), Some(("0644".to_owned(), Safety::Safe)));
        assert_eq!(mode("493"), Some(("0755".to_owned(), Safety::Unsafe)));
        for unclear in ["888", "u=rw", "0x1ff", "rwxrwxrwz", "0o", "wrx------"] {
            assert_eq!(mode(unclear), None, "{unclear}");
        }
    }
}
