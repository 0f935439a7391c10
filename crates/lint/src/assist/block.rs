//! Lines and their indentation.

use dryboot_yaml::Span;

use super::cursor::{Cursor, Entry, Level, Place};
use super::flow::Bracket;
use super::lines::{
    end_of_string, entries_below, indentation, is_dash, key_at, line_at, line_start, lines_below, unquoted,
};

/// Reads a text line by line, up to an offset.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) offset: usize,
    frames: Vec<Frame<'t>>,
    pub(super) brackets: Vec<Bracket<'t>>,
    pub(super) open: Open,
}

/// A mapping or a list that is not finished.
struct Frame<'t> {
    column: usize,
    /// The entries of a mapping; none for a list.
    entries: Option<Vec<Entry<'t>>>,
    held: Held,
}

/// What the last key or dash holds so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    Scalar,
    Collection,
}

/// What goes on over the end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    /// A block scalar; its lines are indented by more than this.
    Block(usize),
    /// A string that this character ends.
    Quote(u8),
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, offset: usize) -> Self {
        Self { text, offset, frames: Vec::new(), brackets: Vec::new(), open: Open::Nothing }
    }

    /// Reads the line that begins at `start`. The cursor, if it is on this line and something can be said about it.
    pub(super) fn line(&mut self, start: usize) -> Option<Cursor<'t>> {
        let line = line_at(self.text, start);
        let end = start + line.len();
        let indent = indentation(line);
        let content = start + indent;
        let is_blank = content == end;
        match self.open {
            Open::Block(parent) if is_blank && (start..=end).contains(&self.offset) => {
                if self.offset - start > parent || self.goes_on(end, parent) {
                    return None;
                }
                self.open = Open::Nothing;
            }
            Open::Block(parent) if is_blank || indent > parent => return None,
            Open::Block(_) => self.open = Open::Nothing,
            Open::Quote(quote) => {
                let at = end_of_string(self.text, start, end, quote)?;
                self.open = Open::Nothing;
                return if self.brackets.is_empty() { None } else { self.flow(at, end) };
            }
            Open::Nothing => {}
        }
        if !self.brackets.is_empty() {
            return self.flow(start, end);
        }
        if line.starts_with("---") || line.starts_with("...") {
            self.frames.clear();
            return None;
        }
        if is_blank {
            return if (start..=end).contains(&self.offset) { self.blank(self.offset - start) } else { None };
        }
        // A comment, or a statement of a template.
        let rest = &self.text[content..end];
        if rest.starts_with('#') || rest.starts_with("{%") || rest.starts_with("{#") || self.offset < content
        {
            return None;
        }
        self.content(start, content, end)
    }

    /// Whether a block scalar goes on below `end`.
    fn goes_on(&self, end: usize, parent: usize) -> bool {
        let mut below = lines_below(self.text, end).map(|(_, line)| line);
        below.find(|line| !line.trim().is_empty()).is_some_and(|line| indentation(line) > parent)
    }

    /// Dashes, a key and its value, from `at` to `end`.
    fn content(&mut self, start: usize, mut at: usize, end: usize) -> Option<Cursor<'t>> {
        let mut on_own_line = true;
        while is_dash(&self.text[at..end]) {
            self.dash(at - start)?;
            on_own_line = false;
            if self.offset <= at {
                return None;
            }
            let dash_end = at + 1;
            at = self.skip_blanks(dash_end, end);
            if at == end || self.text[at..end].starts_with('#') {
                let place = Place::Start { on_own_line, needs_blank: self.offset == dash_end };
                return self.found_between(dash_end, at, place);
            }
        }
        at = self.skip_properties(at, end);
        let column = at - start;
        self.settle(column, false);
        match key_at(self.text, at, end) {
            Some((key, colon)) => self.entry(column, at, key, colon, end),
            None => self.scalar(column, at, end, on_own_line),
        }
    }

    /// A dash at a column: a further item, or the first of a list.
    fn dash(&mut self, column: usize) -> Option<()> {
        self.settle(column, true);
        if let Some(list) = self.frames.last_mut().filter(|top| top.entries.is_none() && top.column == column)
        {
            list.held = Held::Nothing;
            return Some(());
        }
        // A list may be at the column of its key.
        if let Some(top) = self.frames.last_mut() {
            if top.held != Held::Nothing {
                return None;
            }
            top.held = Held::Collection;
        }
        self.frames.push(Frame { column, entries: None, held: Held::Nothing });
        Some(())
    }

    fn entry(
        &mut self,
        column: usize,
        at: usize,
        key: &'t str,
        colon: usize,
        end: usize,
    ) -> Option<Cursor<'t>> {
        let word = Span::new(at, at + key.len());
        match self.frames.last_mut() {
            Some(top) if top.column == column && top.entries.is_some() => {}
            Some(top) if top.column < column && top.held == Held::Nothing => {
                top.held = Held::Collection;
                self.frames.push(Frame { column, entries: Some(Vec::new()), held: Held::Nothing });
            }
            None => self.frames.push(Frame { column, entries: Some(Vec::new()), held: Held::Nothing }),
            Some(_) => return None,
        }
        if (word.start..=word.end).contains(&self.offset) {
            return Some(self.at_key(Place::Key, word, column, end));
        }
        let top = self.frames.last_mut()?;
        top.held = Held::Nothing;
        top.entries.as_mut()?.push(Entry { key: unquoted(key), value: None });
        let value = self.skip_blanks(colon + 1, end);
        if value == end || self.text[value..end].starts_with('#') {
            let place = Place::Value { needs_blank: self.offset == colon + 1 };
            return self.found_between(colon + 1, value, place);
        }
        let value = self.skip_properties(value, end);
        self.value(value, end, Place::Value { needs_blank: false })
    }

    /// Text without a colon: a value, or a word that is not finished.
    fn scalar(&mut self, column: usize, at: usize, end: usize, on_own_line: bool) -> Option<Cursor<'t>> {
        let place = match self.frames.last() {
            Some(top) if top.column == column && top.entries.is_some() => Place::NewKey,
            Some(top) if top.column == column => Place::NewItem,
            Some(top) if top.held == Held::Nothing => Place::Start { on_own_line, needs_blank: false },
            Some(_) => return None,
            None => Place::NewKey,
        };
        if matches!(place, Place::Start { .. }) {
            return self.value(at, end, place);
        }
        let word = self.plain(at, end);
        if !(word.start..=word.end).contains(&self.offset) {
            return None;
        }
        Some(self.at_key(place, word, column, end))
    }

    /// The value that begins at `at`.
    fn value(&mut self, at: usize, end: usize, place: Place) -> Option<Cursor<'t>> {
        let first = *self.text.as_bytes().get(at)?;
        let column = self.frames.last().map_or(0, |top| top.column);
        self.hold(Held::Scalar);
        match first {
            b'|' | b'>' => self.open = Open::Block(column),
            b'{' | b'[' => {
                self.hold(Held::Collection);
                return self.flow(at, end);
            }
            b'"' | b'\'' => match end_of_string(self.text, at + 1, end, first) {
                Some(after) => self.remember(&self.text[at + 1..after - 1]),
                None => self.open = Open::Quote(first),
            },
            _ => {
                let word = self.plain(at, end);
                if (word.start..=word.end).contains(&self.offset) {
                    let column = word.start - line_start(self.text, word.start);
                    return Some(self.at_value(place, word, column, end));
                }
                self.remember(&self.text[word.start..word.end]);
            }
        }
        None
    }

    /// A line with nothing on it, with the cursor at a column.
    fn blank(&mut self, column: usize) -> Option<Cursor<'t>> {
        self.settle(column, false);
        let place = match self.frames.last() {
            Some(top) if top.column == column && top.entries.is_some() => Place::NewKey,
            Some(top) if top.column == column => Place::NewItem,
            Some(top) if top.held == Held::Nothing => Place::Start { on_own_line: true, needs_blank: false },
            None if column == 0 => Place::NewKey,
            _ => return None,
        };
        let word = Span::empty(self.offset);
        let end =
            line_start(self.text, self.offset) + line_at(self.text, line_start(self.text, self.offset)).len();
        Some(match place {
            Place::Start { .. } => self.at_value(place, word, column, end),
            _ => self.at_key(place, word, column, end),
        })
    }

    /// Leaves what cannot go on at a column.
    fn settle(&mut self, column: usize, is_dash: bool) {
        while let Some(top) = self.frames.last() {
            let is_list_at_key = top.entries.is_none()
                && top.column == column
                && !is_dash
                && self.frames.iter().rev().nth(1).is_some_and(|parent| parent.column == column);
            if top.column > column || is_list_at_key {
                self.frames.pop();
            } else {
                break;
            }
        }
    }

    fn hold(&mut self, held: Held) {
        if let Some(top) = self.frames.last_mut() {
            top.held = held;
        }
    }

    /// Keeps the value of the last key.
    fn remember(&mut self, value: &'t str) {
        let entries = self.frames.last_mut().and_then(|top| top.entries.as_mut());
        if let Some(entry) = entries.and_then(|entries| entries.last_mut()) {
            entry.value = Some(value);
        }
    }

    /// The cursor, if it is after `from` and not after `to`.
    fn found_between(&self, from: usize, to: usize, place: Place) -> Option<Cursor<'t>> {
        if !(from..=to).contains(&self.offset) {
            return None;
        }
        let column = self.offset - line_start(self.text, self.offset);
        Some(self.at_value(place, Span::empty(self.offset), column, to))
    }

    /// The cursor where a key of the innermost mapping is, or an item of the innermost list.
    fn at_key(&self, place: Place, word: Span, column: usize, line_end: usize) -> Cursor<'t> {
        let (top, outer) = match self.frames.split_last() {
            Some((top, outer)) => (top.entries.as_deref().unwrap_or_default(), outer),
            None => (&[][..], &[][..]),
        };
        let mut entries = top.to_vec();
        if place != Place::NewItem {
            entries.extend(entries_below(self.text, line_end, column));
        }
        Cursor { path: levels(outer), place, word, entries, in_flow: false }
    }

    /// The cursor where the value of the last key or dash begins. As a key, it would have what stands below it beside it.
    fn at_value(&self, place: Place, word: Span, column: usize, line_end: usize) -> Cursor<'t> {
        let entries = match place {
            Place::Start { .. } => entries_below(self.text, line_end, column),
            _ => Vec::new(),
        };
        Cursor { path: levels(&self.frames), place, word, entries, in_flow: false }
    }

    /// The way to what the last key or dash of the innermost frame holds.
    pub(super) fn path(&self) -> Vec<Level<'t>> {
        levels(&self.frames)
    }

    pub(super) fn skip_blanks(&self, at: usize, end: usize) -> usize {
        at + indentation(&self.text[at..end])
    }

    /// Passes over anchors and tags.
    fn skip_properties(&self, mut at: usize, end: usize) -> usize {
        while self.text[at..end].starts_with(['&', '!']) {
            let length = self.text[at..end].find(' ').unwrap_or(end - at);
            at = self.skip_blanks(at + length, end);
        }
        at
    }

    /// Plain text up to a comment or the end of the line.
    fn plain(&self, at: usize, end: usize) -> Span {
        let rest = &self.text[at..end];
        let length = rest.find(" #").map_or(rest, |comment| &rest[..comment]).trim_end().len();
        Span::new(at, at + length)
    }
}

fn levels<'t>(frames: &[Frame<'t>]) -> Vec<Level<'t>> {
    let level = |frame: &Frame<'t>| match frame.entries.as_deref().and_then(<[_]>::split_last) {
        Some((last, before)) => Level { key: Some(last.key), entries: before.to_vec() },
        None => Level { key: None, entries: Vec::new() },
    };
    frames.iter().map(level).collect()
}
