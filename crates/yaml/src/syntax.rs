//! The verdict on the syntax: where and in which words the target's YAML library refuses the text.

use crate::Dialect;
use crate::python::words;
use crate::scanner::Fault;

/// Which part of a library refuses a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Its bytes are not YAML text. PyYAML names a place in characters, and neither line nor column.
    Reader,
    /// It cannot be read.
    #[default]
    Parser,
    /// Its values cannot be built.
    Constructor,
}

/// A text on which the target's YAML library breaks down: it raises an error that it did not mean to raise, and none
/// of its callers expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crash {
    /// What Python prints at the end of its traceback: the kind of the exception, and its text.
    pub message: String,
    /// Where a person has to look, in bytes.
    pub place: usize,
}

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
    /// Which part of the library refuses it.
    pub stage: Stage,
}

impl SyntaxError {
    /// An error whose only place is where it was noticed.
    pub(crate) fn at(message: impl Into<String>, offset: usize) -> Self {
        Self {
            message: message.into(),
            noticed: offset,
            context: None,
            place: offset,
            stage: Stage::default(),
        }
    }

    /// An error inside a construct that begins at `context`.
    pub(crate) fn within(message: String, noticed: usize, words: &str, context: usize) -> Self {
        let begins_the_fault =
            matches!(message.as_str(), "found unexpected end of stream" | "could not find expected ':'");
        Self {
            place: if begins_the_fault { context } else { noticed },
            message,
            noticed,
            context: Some((words.to_owned(), context)),
            stage: Stage::default(),
        }
    }

    /// The same, by another part of the library.
    pub(crate) fn by(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }
}

impl SyntaxError {
    /// A fault in the words of `dialect`; none keeps libyaml's.
    pub(crate) fn from_fault(fault: Fault, text: &str, dialect: Option<Dialect>) -> Self {
        let mut error = match (dialect, fault.context) {
            (Some(Dialect::PyYaml), _) => words::of_fault(&fault, text),
            (_, Some((words, begun))) => {
                Self::within(wording(dialect, &fault, words), fault.at, words, begun)
            }
            (_, None) => Self::at(wording(dialect, &fault, ""), fault.at),
        };
        if let Some((_, begun)) = error.context
            && fault.message.starts_with("did not find expected ','")
            && left_open(text, begun, fault.at)
        {
            error.place = begun;
        }
        error
    }
}

fn wording(dialect: Option<Dialect>, fault: &Fault, context: &str) -> String {
    dialect.map_or_else(|| fault.message.to_owned(), |dialect| dialect.wording(fault.message, context))
}

/// Whether a bracket at `open` was never closed, rather than a comma forgotten inside it: the
/// next token starts a later line and is not indented deeper than the line of the bracket.
fn left_open(text: &str, open: usize, noticed: usize) -> bool {
    let line_start = |at: usize| {
        text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line_break| line_break + 1)
    };
    let indent = |at: usize| {
        let line = text.get(line_start(at)..).unwrap_or_default();
        line.len() - line.trim_start_matches(' ').len()
    };
    line_start(noticed) > line_start(open) && indent(noticed) <= indent(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn verdict(text: &str, dialect: Dialect) -> Option<SyntaxError> {
        parse(text.as_bytes(), text, dialect, &Limits::default()).error
    }

    fn refused(text: &str) -> SyntaxError {
        verdict(text, Dialect::GoYamlV1).expect("refused")
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
    fn only_go_yaml_v1_minds_text_behind_the_first_document() {
        let text = "a: b\n...\nmore\n";
        assert!(verdict(text, Dialect::GoYamlV1).is_some());
        assert!(verdict(text, Dialect::GoYamlV3).is_none());
        assert!(verdict("a: b\n---\n}\n", Dialect::GoYamlV1).is_none());
    }
}
