//! A scalar's text, borrowed from the source as long as it stands there as it is.

use std::borrow::Cow;

/// The text of a scalar that is being read.
#[derive(Debug)]
pub(super) struct Text<'t> {
    source: &'t str,
    start: usize,
    end: usize,
    owned: Option<String>,
}

impl<'t> Text<'t> {
    pub(super) fn new(source: &'t str, start: usize) -> Self {
        Self { source, start, end: start, owned: None }
    }

    /// Adds a piece of the source.
    pub(super) fn push_source(&mut self, start: usize, end: usize) {
        if self.owned.is_none() {
            if self.start == self.end {
                (self.start, self.end) = (start, end);
                return;
            }
            if self.end == start {
                self.end = end;
                return;
            }
        }
        let piece = self.source.get(start..end).unwrap_or_default();
        self.owned_mut().push_str(piece);
    }

    /// Adds what does not stand in the source.
    pub(super) fn push_str(&mut self, text: &str) {
        if !text.is_empty() {
            self.owned_mut().push_str(text);
        }
    }

    pub(super) fn push(&mut self, char: char) {
        self.owned_mut().push(char);
    }

    fn owned_mut(&mut self) -> &mut String {
        let borrowed = self.source.get(self.start..self.end).unwrap_or_default();
        self.owned.get_or_insert_with(|| borrowed.to_owned())
    }

    pub(super) fn finish(self) -> Cow<'t, str> {
        match self.owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.source.get(self.start..self.end).unwrap_or_default()),
        }
    }
}

/// Line breaks inside a scalar, which fold: one becomes a space, more lose the first.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    /// The first; empty when it was escaped.
    first: &'static str,
    rest: String,
}

impl Breaks {
    pub(super) fn first(&mut self, line_break: &'static str) {
        self.first = line_break;
    }

    pub(super) fn next(&mut self, line_break: &str) {
        self.rest.push_str(line_break);
    }

    /// Adds what remains of the breaks, and forgets them.
    pub(super) fn fold_into(&mut self, text: &mut Text<'_>) {
        match self.first {
            "\n" if self.rest.is_empty() => text.push(' '),
            "\n" => text.push_str(&self.rest),
            first => {
                text.push_str(first);
                text.push_str(&self.rest);
            }
        }
        self.first = "";
        self.rest.clear();
    }
}
