//! Collections in brackets.

use dryboot_yaml::Span;

use super::block::{Open, Reader};
use super::cursor::{Cursor, Entry, Level, Place};
use super::lines::{end_of_string, unquoted};

/// A bracket that is not closed.
pub(super) struct Bracket<'t> {
    /// The entries of a mapping; none for a list.
    entries: Option<Vec<Entry<'t>>>,
    /// How far the current entry or item is.
    state: State,
}

/// How far an entry of a mapping or an item of a list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It begins: a key of a mapping, or an item.
    Begins,
    /// A key is there, without its colon.
    Key,
    /// The value of a key begins.
    Value,
    /// The value or the item is there.
    Done,
}

impl<'t> Reader<'t> {
    /// Reads on in brackets from `at` to the end of the line. What follows the last bracket is passed over.
    pub(super) fn flow(&mut self, mut at: usize, end: usize) -> Option<Cursor<'t>> {
        // Outside of all brackets, only one that opens matters.
        let mut begins = self.brackets.is_empty();
        while begins || !self.brackets.is_empty() {
            let blanks = at;
            at = self.skip_blanks(at, end);
            let next = self.text[at..end].chars().next();
            let is_word = next.is_some_and(|next| !"{}[],#\"'".contains(next) && !self.is_colon(at, end));
            if !begins && (blanks..=at).contains(&self.offset) && !(is_word && self.offset == at) {
                return self.in_brackets(Span::empty(self.offset), false);
            }
            match next? {
                '#' => return None,
                '{' | '[' => {
                    self.arrive(None);
                    let entries = (next == Some('{')).then(Vec::new);
                    self.brackets.push(Bracket { entries, state: State::Begins });
                    at += 1;
                }
                '}' | ']' => {
                    self.brackets.pop();
                    at += 1;
                }
                ',' => {
                    self.set(State::Begins);
                    at += 1;
                }
                ':' if !is_word => {
                    self.set(State::Value);
                    at += 1;
                }
                quote @ ('"' | '\'') => {
                    let quote = if quote == '"' { b'"' } else { b'\'' };
                    let Some(after) = end_of_string(self.text, at + 1, end, quote) else {
                        self.arrive(None);
                        self.open = Open::Quote(quote);
                        return None;
                    };
                    if self.offset > at && self.offset < after {
                        return None;
                    }
                    self.arrive(Some(unquoted(&self.text[at..after])));
                    at = after;
                }
                other => {
                    let word = self.word(at, end);
                    if (word.start..=word.end).contains(&self.offset) {
                        let behind = self.skip_blanks(word.end, end);
                        return self.in_brackets(word, self.is_colon(behind, end));
                    }
                    self.arrive(Some(&self.text[word.start..word.end]));
                    at = word.end.max(at + other.len_utf8());
                }
            }
            begins = false;
        }
        None
    }

    /// Whether a colon at `at` is between a key and its value.
    fn is_colon(&self, at: usize, end: usize) -> bool {
        let value = self.text[at..end].strip_prefix(':');
        value.is_some_and(|value| value.is_empty() || value.starts_with([' ', '\t', ',', '}', ']', '{', '[']))
    }

    /// The plain text at `at`.
    fn word(&self, at: usize, end: usize) -> Span {
        let rest = &self.text[at..end];
        let stops = |(index, char): &(usize, char)| {
            "{}[],".contains(*char)
                || (*char == ':' && self.is_colon(at + index, end))
                || (*char == '#' && rest[..*index].ends_with(' '))
        };
        let length = rest.char_indices().find(stops).map_or(rest.len(), |(index, _)| index);
        Span::new(at, at + rest[..length].trim_end().len())
    }

    fn set(&mut self, state: State) {
        if let Some(bracket) = self.brackets.last_mut() {
            bracket.state = state;
        }
    }

    /// Notes what comes next: a key, the value of a key, or an item. `text` is none for a collection.
    fn arrive(&mut self, text: Option<&'t str>) {
        let Some(bracket) = self.brackets.last_mut() else { return };
        bracket.state = match (&mut bracket.entries, bracket.state) {
            (Some(entries), State::Begins) => {
                entries.push(Entry { key: text.unwrap_or_default(), value: None });
                State::Key
            }
            (Some(entries), State::Value) => {
                if let Some(entry) = entries.last_mut() {
                    entry.value = text;
                }
                State::Done
            }
            (None, State::Key) | (_, State::Done) | (None, _) => State::Done,
            (Some(_), State::Key) => State::Key,
        };
    }

    /// The cursor at a word in the innermost brackets.
    fn in_brackets(&self, word: Span, has_colon: bool) -> Option<Cursor<'t>> {
        let (inner, outer) = self.brackets.split_last()?;
        let mut path = self.path();
        path.extend(outer.iter().map(level));
        let (place, entries) = match (&inner.entries, inner.state) {
            (Some(entries), State::Begins) => {
                (if has_colon { Place::Key } else { Place::NewKey }, entries.clone())
            }
            (Some(_), State::Value) | (None, State::Begins) => {
                path.push(level(inner));
                let is_glued = word.start == word.end && self.text[..word.start].ends_with(':');
                (Place::Value { needs_blank: is_glued }, Vec::new())
            }
            _ => return None,
        };
        Some(Cursor { path, place, word, entries, in_flow: true })
    }
}

fn level<'t>(bracket: &Bracket<'t>) -> Level<'t> {
    match bracket.entries.as_deref().and_then(<[_]>::split_last) {
        Some((last, before)) => Level { key: Some(last.key), entries: before.to_vec() },
        None => Level { key: None, entries: Vec::new() },
    }
}
