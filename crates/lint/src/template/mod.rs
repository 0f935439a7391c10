//! Templates of other programs, filled so that what is around their placeholders can be checked.
//!
//! Every placeholder is replaced by as many bytes as it has, so each place of the filled text is a place of the
//! template. What stands for a value is a word; what stands for lines, such as `%{ for … }`, is blank. Of several
//! branches, the first one stays.

mod filled;
mod findings;
mod syntax;
mod tags;

use std::collections::BTreeSet;

use dryboot_yaml::Span;

use tags::{Found, Role, find, other_branches, stands_alone};

pub use filled::Filled;
pub(crate) use findings::holds;
pub use syntax::Syntax;

/// Fills the placeholders of a template; none if it has none.
#[must_use]
pub fn fill(text: &str, syntax: Syntax) -> Option<Filled> {
    fill_tags(text, &find(text, syntax))
}

/// The same for placeholders that somebody else has found; in their order.
#[must_use]
pub fn fill_at(text: &str, places: &[Span]) -> Option<Filled> {
    let tags: Vec<Found> = places.iter().map(|&span| Found { span, role: Role::Value }).collect();
    fill_tags(text, &tags)
}

fn fill_tags(text: &str, tags: &[Found]) -> Option<Filled> {
    if tags.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut lines = BTreeSet::new();
    let mut is_open = false;
    for found in tags {
        let is_alone = found.role != Role::Value || stands_alone(text, &found.span);
        let with = if is_alone { b' ' } else { b'x' };
        write_over(&mut bytes, text, found.span, with);
        for start in line_starts(text, found.span) {
            lines.insert(start);
        }
        if is_alone && found.role != Role::Comment {
            is_open = true;
            lines.extend(lines_above(text, found.span.start));
        }
    }
    for branch in other_branches(tags) {
        write_over(&mut bytes, text, branch, b' ');
    }
    let places = tags.iter().map(|found| found.span).collect();
    Some(Filled { text: String::from_utf8(bytes).ok()?, placeholders: tags.len(), places, lines, is_open })
}

/// Replaces the bytes of a place. Line breaks stay, and lines after the first are blank.
fn write_over(bytes: &mut [u8], text: &str, span: Span, with: u8) {
    let mut with = with;
    for (at, old) in text.as_bytes().iter().enumerate().take(span.end).skip(span.start) {
        match old {
            b'\n' => with = b' ',
            b'\r' => {}
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = with;
                }
            }
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_starts(text: &str, span: Span) -> Vec<usize> {
    let first = line_start(text, span.start);
    let more = text[span.start..span.end].match_indices('\n').map(|(at, _)| span.start + at + 1);
    std::iter::once(first).chain(more).collect()
}

/// The lines of the keys and items that a line belongs to: each is the nearest one above that is indented less.
fn lines_above(text: &str, at: usize) -> Vec<usize> {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut start = line_start(text, at);
    let here = text[start..].split('\n').next().unwrap_or_default();
    let mut least = indentation(here);
    let mut above = Vec::new();
    while least > 0 && start > 0 {
        start = line_start(text, start - 1);
        let line = text[start..].split('\n').next().unwrap_or_default();
        if !line.trim().is_empty() && indentation(line) < least {
            least = indentation(line);
            above.push(start);
        }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, syntax: Syntax) -> String {
        fill(text, syntax).map_or_else(|| "nothing".to_owned(), |filled| filled.text)
    }

    #[test]
    fn placeholders_keep_their_length() {
        for (syntax, template, expected) in [
            (Syntax::Terraform, "a: ${b}\n", "a: xxxx\n"),
            (Syntax::Terraform, "a: ${f({x = \"}\"})} c\n", "a: xxxxxxxxxxxxxxx c\n"),
            (Syntax::Terraform, "a: $${b} %%{c}\n", "nothing"),
            (Syntax::Terraform, "%{ for a in b ~}\n- ${a}\n%{ endfor ~}\n", "\n- xxxx\n\n"),
            (Syntax::Terraform, "%{ if a }\nb\n%{ else }\nc\n%{ endif }\n", "\nb\n\n\n\n"),
            (Syntax::Terraform, "a:\n  ${indent(2, b)}\n", "a:\n\n"),
            (Syntax::Jinja, "a: {{ b }}{# c #}\n", "a: xxxxxxx\n"),
            (Syntax::Jinja, "{% if a %}b{% endif %}\n", "          b\n"),
            (
                Syntax::Go,
                "a: {{ .b | quote }}\n{{- if .c }}\nd: e\n{{- end }}\n",
                "a: xxxxxxxxxxxxxxxx\n\nd: e\n\n",
            ),
            (
                Syntax::Embedded,
                "a: <%= b %>\n<% if c %>\n@@D@@: e\n<% end %>\n",
                "a: xxxxxxxx\n\nxxxxx: e\n\n",
            ),
            (Syntax::Embedded, "a: b@@c d@@\n", "nothing"),
            (Syntax::Jinja, "a: ü{{ b }}\n", "a: üxxxxxxx\n"),
            (Syntax::Jinja, "a: {{ b\n", "nothing"),
        ] {
            let text = filled(template, syntax);
            let trimmed: String = text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(trimmed, expected, "{template}");
            assert!(text == "nothing" || text.len() == template.len(), "{template}");
        }
    }
}
