//! The verdict on the syntax: whether the target's YAML library accepts the text, and in which
//! words it refuses. libyaml, from which both libraries descend, is asked through `serde_yaml`;
//! what they changed since is added here and in `compose`.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Dialect;

/// A text that the target's YAML library refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The library's own words.
    pub message: String,
    /// Where the library noticed it, in bytes.
    pub noticed: usize,
    /// Where the construct began that could not be read, in bytes, with the library's words
    /// ("while parsing a flow sequence").
    pub context: Option<(String, usize)>,
    /// Where a person has to look: the place that the message is about.
    pub place: usize,
}

impl SyntaxError {
    /// An error whose only place is where it was noticed.
    pub(crate) fn at(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), noticed: offset, context: None, place: offset }
    }

    /// An error inside a construct that begins at `context`.
    pub(crate) fn within(message: impl Into<String>, noticed: usize, words: &str, context: usize) -> Self {
        let message = message.into();
        let begins_the_fault =
            matches!(message.as_str(), "found unexpected end of stream" | "could not find expected ':'");
        Self {
            place: if begins_the_fault { context } else { noticed },
            message,
            noticed,
            context: Some((words.to_owned(), context)),
        }
    }
}

/// What libyaml says about the first document of `text`.
pub(crate) fn libyaml_verdict(text: &str, dialect: Dialect) -> Result<(), SyntaxError> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok(());
    };
    if let Err(error) = IgnoredAny::deserialize(first) {
        return match translate(&error, text, dialect) {
            Some(error) => Err(error),
            None => Ok(()),
        };
    }
    if dialect.looks_past_the_first_document()
        && let Some(second) = documents.next()
        && let Err(error) = IgnoredAny::deserialize(second)
        && let Some(error) = translate(&error, text, dialect)
        && error.message == "did not find expected <document start>"
    {
        return Err(error);
    }
    Ok(())
}

/// `None` for what is not a matter of syntax: an unknown anchor is found with its name in
/// `compose`.
fn translate(error: &serde_yaml::Error, text: &str, dialect: Dialect) -> Option<SyntaxError> {
    let shown = error.to_string();
    if shown.starts_with("unknown anchor") {
        return None;
    }
    let (problem, context) = split_context(&shown);
    let (message, _) = split_position(problem);
    let (context_words, context_position) = context.map_or(("", None), split_position);
    let noticed = error.location().map_or(0, |location| byte_of_char(text, location.index()));
    let message = dialect.wording(message, context_words);
    if context_words.is_empty() {
        return Some(SyntaxError::at(message, noticed));
    }
    // libyaml leaves the context's position out when it is the problem's own.
    let begun = context_position.map_or(noticed, |(line, column)| byte_of_position(text, line, column));
    let mut error = SyntaxError::within(message, noticed, context_words, begun);
    if error.message.starts_with("did not find expected ','") && left_open(text, begun, noticed) {
        error.place = begun;
    }
    Some(error)
}

/// Whether a bracket at `open` was never closed, rather than a comma forgotten inside it: the
/// next token starts a later line and is not indented deeper than the line of the bracket.
fn left_open(text: &str, open: usize, noticed: usize) -> bool {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let indent = |at: usize| {
        let line = &text[line_start(at)..];
        line.len() - line.trim_start_matches(' ').len()
    };
    line_start(noticed) > line_start(open) && indent(noticed) <= indent(open)
}

fn split_context(shown: &str) -> (&str, Option<&str>) {
    match shown.find(", while ") {
        Some(at) => (&shown[..at], Some(&shown[at + 2..])),
        None => (shown, None),
    }
}

/// Splits "words at line 3 column 4" into the words and the numbers.
fn split_position(part: &str) -> (&str, Option<(usize, usize)>) {
    if let Some((words, place)) = part.rsplit_once(" at line ")
        && let Some((line, column)) = place.split_once(" column ")
        && let (Ok(line), Ok(column)) = (line.parse(), column.parse())
    {
        return (words, Some((line, column)));
    }
    match part.rsplit_once(" at position ") {
        Some((words, _)) => (words, None),
        None => (part, None),
    }
}

fn byte_of_char(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// The byte at libyaml's line and column, both from 1. Its lines also end at CR, NEL, LS and PS.
fn byte_of_position(text: &str, line: usize, column: usize) -> usize {
    let mut at_line = 1;
    let mut line_start = 0;
    let mut chars = text.char_indices().peekable();
    while at_line < line {
        let Some((at, char)) = chars.next() else {
            break;
        };
        let crlf = char == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n');
        if is_break(char) && !crlf {
            at_line += 1;
            line_start = at + char.len_utf8();
        }
    }
    let rest = &text[line_start..];
    line_start + byte_of_char(rest, column.saturating_sub(1))
}

/// The line breaks of YAML 1.1.
pub(crate) fn is_break(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> SyntaxError {
        libyaml_verdict(text, Dialect::GoYamlV1).expect_err("refused")
    }

    #[test]
    fn an_unclosed_quote_is_shown_where_it_opens() {
        let error = refused("a: b\nc: \"d\ne: f\n");
        assert_eq!(error.message, "found unexpected end of stream");
        assert_eq!(error.place, 8);
        assert_eq!(error.noticed, 16);
    }

    #[test]
    fn an_unclosed_bracket_is_shown_where_it_opens_and_a_missing_comma_where_it_is_missing() {
        assert_eq!(refused("a: [b\nc: d\n").place, 3);
        assert_eq!(refused("a: [\n  b\n  {c: d}\n]\n").place, 11);
    }

    #[test]
    fn positions_survive_the_line_breaks_of_yaml_1_1() {
        assert_eq!(byte_of_position("ä\u{2028}b\r\nc", 3, 1), 8);
        assert_eq!(split_position("words at line 3 column 4"), ("words", Some((3, 4))));
        assert_eq!(split_position("words at position 9"), ("words", None));
    }

    #[test]
    fn only_go_yaml_v1_minds_text_behind_the_first_document() {
        let text = "a: b\n...\nmore\n";
        assert!(libyaml_verdict(text, Dialect::GoYamlV1).is_err());
        assert!(libyaml_verdict(text, Dialect::GoYamlV3).is_ok());
        assert!(libyaml_verdict("a: b\n---\n}\n", Dialect::GoYamlV1).is_ok());
    }
}
