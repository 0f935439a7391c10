//! Heredocs of shells, of Terraform and of Ruby.

use dryboot_text::Span;

use crate::body::{Body, lines};
use crate::placeholders::{Language, expand};
use crate::{Embedded, Placeholders, scan};

/// No script has more of what looks like a heredoc and is none; each costs a look at all that follows.
const UNCLOSED: usize = 1000;

/// A heredoc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heredoc {
    /// What is between `<<` and the word: `-`, `~` or nothing.
    pub(crate) mode: Option<char>,
    /// Whether the word is quoted, so that nothing is filled in.
    pub(crate) is_quoted: bool,
    /// The lines.
    pub(crate) body: Span,
    /// Behind the closing word.
    pub(crate) end: usize,
}

/// The heredoc whose `<<` is at `at`, if there is one.
pub(crate) fn at(text: &str, at: usize) -> Option<Heredoc> {
    let mut rest = text.get(at..)?.strip_prefix("<<")?;
    let mode = rest.chars().next().filter(|mode| ['-', '~'].contains(mode));
    rest = rest.get(usize::from(mode.is_some())..)?;
    rest = rest.trim_start_matches([' ', '\t']);
    let quote = rest.chars().next().filter(|quote| ['\'', '"', '\\', '`'].contains(quote));
    rest = rest.get(usize::from(quote.is_some())..)?;
    let length =
        rest.find(|char: char| !(char.is_alphanumeric() || "_-.".contains(char))).unwrap_or(rest.len());
    let word = rest
        .get(..length)
        .filter(|word| word.starts_with(|first: char| first.is_alphabetic() || first == '_'))?;
    let line_end = text.len() - rest.len() + rest.find('\n')? + 1;
    let mut body = Span::new(line_end, text.len());
    for (span, line) in lines(text.get(line_end..)?) {
        if line.trim() == word && (mode.is_some() || line.trim_end() == word) {
            body.end = line_end + span.start;
            return Some(Heredoc { mode, is_quoted: quote.is_some(), body, end: line_end + span.end });
        }
    }
    None
}

/// Finds heredocs of a language whose comments begin with `#`.
pub(crate) fn all(text: &str) -> Vec<Heredoc> {
    let mut found = Vec::new();
    let (mut behind, mut unclosed) = (0, 0);
    for (span, line) in lines(text) {
        if unclosed > UNCLOSED {
            break;
        }
        if span.start < behind || line.trim_start().starts_with('#') {
            continue;
        }
        for (offset, _) in line.match_indices("<<") {
            let start = span.start + offset;
            let is_word = line.get(..offset).is_some_and(|before| !before.ends_with('<'));
            if start < behind || !is_word || line[offset..].starts_with("<<<") {
                continue;
            }
            match at(text, start) {
                Some(heredoc) => {
                    behind = heredoc.end;
                    found.push(heredoc);
                }
                None => unclosed += 1,
            }
        }
    }
    found
}

/// User-data in the heredocs of Ruby.
pub(crate) fn scan_ruby(text: &str, depth: usize, found: &mut Vec<Embedded>) {
    for heredoc in all(text) {
        let body = match heredoc.mode {
            Some('~') => Body::flush(text, heredoc.body),
            _ => Body::whole(text, heredoc.body),
        };
        if heredoc.is_quoted {
            scan::inside(body, "", Placeholders::None, depth, found);
        } else {
            filled(body, Language::Ruby, "", depth, found);
        }
    }
}

/// The text of a heredoc in which words are filled in.
pub(crate) fn filled(body: Body, language: Language, name: &str, depth: usize, found: &mut Vec<Embedded>) {
    let expanded = expand(&body.text, language);
    let map = body.map.then(&expanded.map);
    let places = Placeholders::At(expanded.places);
    scan::inside(Body { text: expanded.text, map, ..body }, name, places, depth, found);
}
