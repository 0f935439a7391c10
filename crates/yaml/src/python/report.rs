//! What Python prints of a refusal: `str` of PyYAML's exception, with the lines at fault.

use std::fmt::Write as _;

use crate::{Position, Stage, SyntaxError};

/// In what form PyYAML was given a text that is not a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// As a string.
    Text,
    /// As bytes.
    Bytes,
}

impl Given {
    /// What PyYAML calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "<unicode string>",
            Self::Bytes => "<byte string>",
        }
    }
}

/// PyYAML's words and places, as Python prints them.
#[must_use]
pub fn report(error: &SyntaxError, text: &str, given: Given) -> String {
    let name = given.name();
    if error.stage == Stage::Reader {
        let position = before(text, error.noticed).chars().count();
        return format!("{}\n  in \"{name}\", position {position}", error.message);
    }
    let mut shown = String::new();
    if let Some((words, begun)) = &error.context {
        shown.push_str(words);
        shown.push('\n');
        if position(text, *begun) != position(text, error.noticed) {
            mark(text, *begun, name, &mut shown);
            shown.push('\n');
        }
    }
    shown.push_str(&error.message);
    shown.push('\n');
    mark(text, error.noticed, name, &mut shown);
    shown
}

/// Line and column as PyYAML counts them: all line breaks of YAML 1.1 count, byte order marks do not.
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    let mut position = Position { line: 1, column: 1 };
    let mut chars = before(text, offset).chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek().is_some_and(|next| *next == '\n') => position.column += 1,
            '\r' if chars.peek().is_none()
                && text.get(offset..).is_some_and(|rest| rest.starts_with('\n')) =>
            {
                position.column += 1;
            }
            '\u{FEFF}' => {}
            _ if is_break(char) => position = Position { line: position.line + 1, column: 1 },
            _ => position.column += 1,
        }
    }
    position
}

fn before(text: &str, offset: usize) -> &str {
    text.get(..offset).unwrap_or(text)
}

fn is_break(char: char) -> bool {
    matches!(char, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How much of a line is shown on either side, in characters, before it is cut.
const SIDE: usize = 37;

/// How many characters less are shown of a side that is cut.
const CUT: usize = 5;

/// The place, its line and an arrow.
fn mark(text: &str, offset: usize, name: &str, shown: &mut String) {
    let Position { line, column } = position(text, offset);
    let mut left: Vec<char> =
        before(text, offset).chars().rev().take_while(|char| !is_break(*char)).take(SIDE).collect();
    let mut right: Vec<char> = text
        .get(offset..)
        .unwrap_or_default()
        .chars()
        .take_while(|char| !is_break(*char))
        .take(SIDE)
        .collect();
    let (head, tail) = (cut(&mut left), cut(&mut right));
    let arrow = 4 + left.len() + head.len();
    let line_shown: String = left.into_iter().rev().chain(right).collect();
    let _ = write!(
        shown,
        "  in \"{name}\", line {line}, column {column}:\n    {head}{line_shown}{tail}\n{:arrow$}^",
        ""
    );
}

/// Shortens a side that is too long, and gives what is shown instead.
fn cut(side: &mut Vec<char>) -> &'static str {
    if side.len() < SIDE {
        return "";
    }
    side.truncate(SIDE - CUT);
    " ... "
}

#[cfg(all(test, feature = "pyyaml"))]
mod tests {
    use super::*;
    use crate::{Dialect, Limits, parse};

    fn refused(text: &str) -> String {
        let error = parse(text.as_bytes(), text, Dialect::PyYaml, &Limits::default()).error;
        error.map(|error| report(&error, text, Given::Text)).unwrap_or_default()
    }

    #[test]
    fn the_report_has_the_lines_at_fault() {
        assert_eq!(
            refused("a: b\nc: 'd\n"),
            "while scanning a quoted scalar\n  in \"<unicode string>\", line 2, column 4:\n    c: 'd\n       ^\n\
             found unexpected end of stream\n  in \"<unicode string>\", line 3, column 1:\n    \n    ^"
        );
        assert_eq!(
            refused("a: b\u{7}"),
            "unacceptable character #x0007: special characters are not allowed\n  in \"<unicode string>\", position 4"
        );
        let long = format!("{}: b: {}", "a".repeat(50), "c".repeat(50));
        assert!(refused(&long).ends_with(&format!(
            "column 54:\n     ... {}: b: {} ... \n{}^",
            "a".repeat(29),
            "c".repeat(30),
            " ".repeat(41)
        )));
    }

    #[test]
    fn lines_end_where_yaml_ends_them() {
        let text = "\u{FEFF}a\r\nb\rc\u{85}d\u{2028}e";
        let last = text.len() - 1;
        assert_eq!(position(text, last), Position { line: 5, column: 1 });
        assert_eq!(position(text, 4), Position { line: 1, column: 2 });
        assert_eq!(position(text, 5), Position { line: 1, column: 3 });
    }
}
