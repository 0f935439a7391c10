use std::cell::OnceCell;
use std::collections::HashSet;

use crate::Target;
use crate::envelope::Format;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::variables::{Reference, VARIABLES, is_comment, is_word, references};
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "misspelt-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("misspelt_variable.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    if context.document.format == Format::Ignition {
        return;
    }
    let text = context.text();
    let others = OnceCell::new();
    let mut last: Option<(&str, usize, bool)> = None;
    for reference in references(text) {
        if is_comment(context, reference.span.start) {
            continue;
        }
        match VARIABLES.into_iter().find(|known| !reference.braced && reference.name.starts_with(known)) {
            Some(known) => {
                let end = reference.span.start + 1 + known.len();
                // The sign before a variable is part of the match, so that of two equal
                // neighbours only the first is found.
                let swallowed = matches!(last, Some((name, at, replaced))
                    if name == known && at == reference.span.start && replaced);
                known_variable(context, &reference, known, Span::new(reference.span.start, end), swallowed);
                last = Some((known, end, !swallowed));
            }
            None => near_miss(context, &reference, &others, text),
        }
    }
}

fn known_variable(
    context: &mut Context<'_>,
    found: &Reference<'_>,
    known: &str,
    span: Span,
    swallowed: bool,
) {
    if swallowed {
        let message =
            format!("if two `${known}` are adjacent, only the first is replaced: this one is left unchanged");
        context.report(span, message).help("put another character between them");
    } else if found.name.len() > known.len() {
        let tail = &found.name[known.len()..];
        let message = format!("`${known}` is replaced here, and `{tail}` is left after the address");
        let finding = context.report(found.span, message);
        finding.help(
            "the target replaces this name even inside a longer one; a backslash before `$` prevents that",
        );
    }
}

fn near_miss<'t>(
    context: &mut Context<'_>,
    found: &Reference<'t>,
    others: &OnceCell<Others<'t>>,
    text: &'t str,
) {
    let lower = found.name.to_ascii_lowercase();
    let exact = VARIABLES.into_iter().find(|known| *known == lower);
    let hyphenated = found.hyphenated.to_ascii_lowercase().replace('-', "_");
    let (meant, end) = match exact {
        Some(known) => (known, found.span.end),
        None => match VARIABLES.into_iter().find(|known| hyphenated.starts_with(known)) {
            Some(known) => (known, found.span.start + 1 + known.len()),
            None if sounds_like_an_address(&lower) => match nearest(&lower, VARIABLES) {
                Some(known) => (known, found.span.end),
                None => return,
            },
            None => return,
        },
    };
    if others.get_or_init(|| Others::of(text)).explain(found.name) {
        return;
    }
    let span = Span::new(found.span.start, end);
    let written = span.slice(text);
    let message = match found.braced && found.name == meant {
        true => format!("`{written}` is not replaced: the target does not support braces"),
        false => format!("`{written}` is not replaced: the target does not have this variable"),
    };
    let finding = context.report(span, message).help(format!("did you mean `${meant}`?"));
    if !found.braced || written.ends_with('}') {
        finding.fix(Safety::Unsafe, format!("write `${meant}`"), span, format!("${meant}"));
    }
}

fn sounds_like_an_address(name: &str) -> bool {
    let whose = name.contains("pub") || name.contains("priv");
    whose && (name.contains("_ip") || name.contains("ipv") || name.ends_with("ip"))
}

/// What may give a variable its value besides the target.
struct Others<'t> {
    /// Words that stand somewhere without a dollar sign, as a name does where a shell sets it.
    words: HashSet<&'t str>,
    /// Whether a script or a unit reads a file with variables.
    reads_a_file: bool,
}

impl<'t> Others<'t> {
    fn of(text: &'t str) -> Self {
        let mut words = HashSet::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let mut at = 0;
            for word in line.split(|char: char| !is_word(char)) {
                let before = line[..at].chars().next_back();
                let after = line[at + word.len()..].chars().next();
                // A key of YAML is no variable.
                let bare =
                    !matches!(before, Some('$' | '{' | '-' | '!')) && !matches!(after, Some(':' | '-'));
                if bare && sounds_like_an_address(&word.to_ascii_lowercase()) {
                    words.insert(word);
                }
                at += word.len() + after.map_or(0, char::len_utf8);
            }
        }
        Self { words, reads_a_file: text.lines().any(reads_a_file) }
    }

    fn explain(&self, name: &str) -> bool {
        // Variables from files are in capitals.
        let capitals = !name.bytes().any(|byte| byte.is_ascii_lowercase());
        self.words.contains(name) || (capitals && self.reads_a_file)
    }
}

fn reads_a_file(line: &str) -> bool {
    let line = line.trim_start();
    let file = line.strip_prefix("EnvironmentFile=").map(|file| file.trim_start_matches('-').trim());
    let sourced = line.starts_with("source ") || line.starts_with(". ") || line.contains("&& . ");
    sourced || file.is_some_and(|file| file != "/etc/environment")
}

#[cfg(test)]
mod tests {
    use crate::lint::{LintOptions, lint};

    fn found(text: &str) -> Vec<String> {
        let options = LintOptions { select: vec!["misspelt-variable".to_owned()], ..LintOptions::default() };
        let report = lint(format!("#cloud-config\n{text}").as_bytes(), &options);
        report.diagnostics.iter().map(|diagnostic| diagnostic.span.slice(&report.text).to_owned()).collect()
    }

    #[test]
    fn misspellings_are_found() {
        for (text, wrong) in [
            ("hostname: $public_ip", "$public_ip"),
            ("hostname: ${private_ipv4}", "${private_ipv4}"),
            ("hostname: $Private_IPv4", "$Private_IPv4"),
            ("hostname: x$private_ip4:80", "$private_ip4"),
            ("hostname: $public-ipv4-x", "$public-ipv4"),
            ("hostname: $privat_ipv4", "$privat_ipv4"),
            ("hostname: $private_ipv4x", "$private_ipv4x"),
            ("hostname: $public_ipv4$public_ipv4", "$public_ipv4"),
            ("public_ip: $public_ip", "$public_ip"),
            ("a: ${public_ipv4:-x}", "${public_ipv4"),
            ("# listens on private_ipv4\na: ${private_ipv4}", "${private_ipv4}"),
        ] {
            assert_eq!(found(text), [wrong], "{text}");
        }
    }

    #[test]
    fn variables_of_others_are_left_alone() {
        for text in [
            "hostname: $public_ipv4-$private_ipv4:80",
            "hostname: $public_ipv4$private_ipv4",
            "hostname: \\$private_ipv4x",
            "a: ${COREOS_PRIVATE_IPV4} $COREOS_PUBLIC_IPV4",
            "a: |\n  PUBLIC_IPV4=1\n  echo $PUBLIC_IPV4",
            "a: |\n  read private_ip\n  echo ${private_ip}",
            "a: |\n  EnvironmentFile=-/run/x.env\n  ExecStart=/bin/echo ${PRIVATE_IP}",
            "a: b # ${public_ipv4}",
            "a: $public_dns $private_key $HOSTNAME $pubkey $script",
            "a: $$private_ip",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
