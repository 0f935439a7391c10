use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "yaml-syntax",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("yaml_syntax.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let text = context.text();
    let crashes = document.target.habits().crashes_on_redefined_tags;
    if let Some(at) = document.parsed.redefined_tag.filter(|_| crashes) {
        context
            .report(token_at(text, at), "the program crashes on a tag whose handle `!` is defined by `%TAG`")
            .help("remove the `%TAG` line and the tags");
    }
    let Some(error) = document.parsed.error.as_ref().or(document.build.error.as_ref()) else { return };
    if super::tab_indentation::explains(text, error.place) {
        return;
    }
    let span = token_at(text, error.place);
    let message = format!("invalid YAML, so none of the config is applied: {}", error.message);
    let mut finding = context.report(span, message);
    if let Some(remedy) = remedy(&error.message, text, error.place) {
        finding = finding.help(remedy);
    }
    if let Some((words, begun)) = &error.context
        && *begun != error.place
        && *begun < text.len()
    {
        finding.label(token_at(text, *begun), format!("noticed {words} that begins here"));
    } else if error.noticed != error.place && error.noticed < text.len() {
        finding.label(token_at(text, error.noticed), "noticed here");
    }
}

/// The word or sign at an offset; the rest of the line if it is short.
fn token_at(text: &str, offset: usize) -> Span {
    let offset = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let rest = text[offset..].split('\n').next().unwrap_or_default();
    let length = rest
        .char_indices()
        .skip(1)
        .find(|&(_, char)| char.is_whitespace() || ",:[]{}".contains(char))
        .map_or(rest.trim_end().len(), |(at, _)| at);
    Span::new(offset, offset + length)
}

/// What to do about the library's words, each of which people meet for one or two reasons.
fn remedy(message: &str, text: &str, place: usize) -> Option<String> {
    let at = text.get(place..).and_then(|rest| rest.chars().next());
    let remedy = match message {
        "mapping values are not allowed in this context" if is_glued(line_above(text, place)) => {
            "the colon in the line above needs a space after it"
        }
        "did not find expected key" if is_unit_header(line_above(text, place)) => {
            "multi-line text needs `|` after its key"
        }
        "mapping values are not allowed in this context" => {
            "a value that contains `: ` must be quoted; or the line is indented too far"
        }
        "did not find expected key" => "the line is indented differently from its neighbours",
        "did not find expected '-' indicator" => "a list and keys are mixed at the same indentation level",
        "could not find expected ':'" => "a key needs a colon followed by a space; multi-line text needs `|`",
        "found unexpected end of stream" => "the quote that opens here is never closed",
        "found character that cannot start any token" => match at {
            Some('%' | '@' | '`') => "a value that begins with this character must be quoted",
            _ => "put the value in quotes",
        },
        "found unexpected ':'" => "inside brackets and braces, put a value with a colon in quotes",
        "did not find expected ',' or ']'" => "a comma is missing, or the bracket is not closed",
        "did not find expected ',' or '}'" => "a comma is missing, or the brace is not closed",
        "did not find expected alphabetic or numeric character" => {
            "a value that begins with `*` or `&` must be quoted"
        }
        "found unknown escape character" => "double the backslash in double quotes, or use single quotes",
        "found unexpected non-alphabetical character" | "could not find expected directive name" => {
            "a line that begins with `%` must be indented or quoted"
        }
        "control characters are not allowed" => "encode such content as base64, with `encoding: base64`",
        "did not find URI escaped octet" => "a value that begins with `!` must be quoted",
        "found incompatible YAML document" => "remove the `%YAML` line: only version 1.1 is accepted",
        _ if message.starts_with("invalid map key") => "a value that begins with `{` must be quoted",
        _ if message.contains("UTF-8") => "save the file as UTF-8, or encode the content as base64",
        _ if message.to_ascii_lowercase().starts_with("unknown anchor") => {
            "a value that begins with `*` must be quoted; a real alias needs an anchor above it"
        }
        _ => return None,
    };
    Some(remedy.to_owned())
}

/// The line above the one at an offset, blank ones left out.
fn line_above(text: &str, offset: usize) -> &str {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).unwrap_or(0);
    text[..start].lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

/// `hostname:web1`
fn is_glued(line: &str) -> bool {
    let line = line.trim_start_matches(['-', ' ']);
    line.split_once(':').is_some_and(|(key, value)| {
        let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        is_key && !value.is_empty() && !value.starts_with([' ', '/', ':'])
    })
}

/// `content: [Unit]`, or `[Unit]` alone.
fn is_unit_header(line: &str) -> bool {
    let line = line.trim_start_matches(['-', ' ']);
    let value = line.strip_prefix("content:").unwrap_or(line).trim_start();
    let name = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use crate::lint::{LintOptions, lint};

    fn advice(text: &str) -> String {
        let report = lint(format!("#cloud-config\n{text}").as_bytes(), &LintOptions::default());
        let found = report.diagnostics.into_iter().find(|found| found.rule == "yaml-syntax");
        found.and_then(|found| found.help).unwrap_or_default()
    }

    #[test]
    fn the_advice_fits_the_line_above() {
        for (text, words) in [
            ("hostname:web1\nusers:\n  - name: a\n", "needs a space after it"),
            ("hostname: web: one\n", "must be quoted"),
            ("x: http://a\n  y: b\n", "must be quoted"),
            ("coreos:\n  units:\n    - content: [Unit]\n        A=b\n", "needs `|`"),
            ("coreos:\n  units:\n    - content:\n        [Unit]\n        A=b\n", "needs `|`"),
            ("a:\n  b: c\n d: e\n", "indented differently"),
        ] {
            assert!(advice(text).contains(words), "{text}: {}", advice(text));
        }
    }
}
