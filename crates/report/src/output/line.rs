//! One line of output, whatever it is made of.

use std::fmt::{self, Write};

use super::paint::is_painting;
use super::shown::write_shown;

/// A line under way.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    /// Nothing can be seen in it yet.
    is_blank: bool,
    /// A line feed came that ends the line if nothing comes after it.
    ends: bool,
}

/// Formats one line: the line feed at its end is the only one, and only a [`super::Paint`] may colour it.
pub(super) fn line(arguments: fmt::Arguments<'_>) -> String {
    let mut line = Line { is_blank: true, ..Line::default() };
    // Nothing that is printed here fails by itself; if it did, the line would end early.
    let _ = line.write_fmt(arguments);
    line.finish()
}

/// Lines of a renderer that has been given escaped text: its colours stay, and so do its ends of lines.
pub(super) fn rendered(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for text in text.split_inclusive('\n') {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let (text, end) = text.strip_suffix('\r').map_or((text, "\n"), |text| (text, "\r\n"));
        let mut line = Line { is_blank: true, ..Line::default() };
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            line.push(before);
            match sgr(after) {
                Some(length) => {
                    line.text.push('\u{1b}');
                    line.text.push_str(&after[..length]);
                    rest = &after[length..];
                }
                None => {
                    line.push("\u{1b}");
                    rest = after;
                }
            }
        }
        line.push(rest);
        lines.push_str(&line.text);
        lines.push_str(end);
    }
    lines
}

/// The length of the end of a sequence that sets colours, behind its escape character.
fn sgr(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix('[')?;
    let end = parameters.find(|char: char| !char.is_ascii_digit() && char != ';')?;
    parameters[end..].starts_with('m').then_some(end + 2)
}

/// Whether an opening bracket behind a text makes a command to a CI system: `##[group]`, `##vso[…]`, `##teamcity[…]`.
pub(super) fn is_command(text: &str) -> bool {
    text.trim_end_matches(|char: char| char.is_ascii_alphabetic()).ends_with("##")
}

impl Line {
    fn push(&mut self, text: &str) {
        for char in text.chars() {
            let is_command = match char {
                // GitHub takes `::error::` for a command, behind spaces, too.
                ':' => self.is_blank,
                '[' => is_command(&self.text),
                _ => false,
            };
            let _ = match is_command {
                true => write!(self.text, "{}", char.escape_unicode()),
                false => write_shown(char, &mut self.text),
            };
            self.is_blank &= char == ' ';
        }
    }

    fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

impl Write for Line {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if is_painting() {
            self.text.push_str(piece);
            return Ok(());
        }
        if piece.is_empty() {
            return Ok(());
        }
        if self.ends {
            self.push("\n");
        }
        self.ends = piece.ends_with('\n');
        self.push(piece.strip_suffix('\n').unwrap_or(piece));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BAD, GOOD};
    use super::*;

    #[test]
    fn whatever_is_formatted_is_one_line() {
        for (name, wanted) in [("a", "is a\n"), ("a\nb", "is a\\nb\n"), ("a\n", "is a\\n\n"), ("", "is \n")] {
            assert_eq!(line(format_args!("is {name}\n")), wanted);
        }
        assert_eq!(line(format_args!("{}{}\n", "a\n", "\n")), "a\\n\\n\n");
        assert_eq!(line(format_args!("{}", "no end")), "no end\n");
    }

    #[test]
    fn only_paint_colours() {
        let evil = "\u{1b}[31mred";
        assert_eq!(
            line(format_args!("{GOOD}{evil}{GOOD:#}")),
            "\u{1b}[1m\u{1b}[32m\\u{1b}[31mred\u{1b}[0m\n"
        );
        let painted_before = BAD.to_string();
        assert_eq!(line(format_args!("{painted_before}")), "\\u{1b}[1m\\u{1b}[31m\n");
    }

    #[test]
    fn no_text_is_a_command_to_a_ci_system() {
        for evil in ["::error::x", "  ::add-mask::x", ":"] {
            for line in [line(format_args!("{GOOD}{evil}{GOOD:#}: 1")), rendered(evil)] {
                assert!(line.contains("\\u{3a}"), "{line}");
            }
        }
        assert_eq!(
            line(format_args!("a::b {}", "##vso[x] ##[error]")),
            "a::b ##vso\\u{5b}x] ##\\u{5b}error]\n"
        );
        assert_eq!(line(format_args!("## a [b] #[c]")), "## a [b] #[c]\n");
    }

    #[test]
    fn a_renderer_has_colours_and_lines_and_nothing_else() {
        let text = "\u{1b}[1;31merror\u{1b}[0m\n\u{1b}]0;title\u{7}\n\u{1b}[2J\u{202e}\n";
        let wanted = "\u{1b}[1;31merror\u{1b}[0m\n\\u{1b}]0;title\\u{7}\n\\u{1b}[2J\\u{202e}\n";
        assert_eq!(rendered(text), wanted);
    }
}
