//! Where things stand in a text.

use dryboot_lint::Report;
use dryboot_text::{Position, Span};
use serde::Serialize;

use crate::Utf16Map;

/// In what offsets count. Lines and columns are the same in both: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offsets {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, with one for each line break, as editors in a browser count.
    Utf16,
}

/// The text of a report, with what it takes to count in it.
pub(crate) struct Places<'a> {
    report: &'a Report,
    utf16: Option<Utf16Map>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(report: &'a Report, offsets: Offsets) -> Self {
        let utf16 = (offsets == Offsets::Utf16).then(|| Utf16Map::new(&report.text));
        Self { report, utf16 }
    }

    pub(crate) fn offset(&self, byte: usize) -> usize {
        match &self.utf16 {
            None => byte,
            Some(map) => map.to_utf16(self.report.text.floor_char_boundary(byte)),
        }
    }

    pub(crate) fn position(&self, byte: usize) -> Position {
        self.report.lines.position(byte, &self.report.text)
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        let place = |byte| {
            let Position { line, column } = self.position(byte);
            Place { offset: self.offset(byte), line, column }
        };
        Range { start: place(span.start), end: place(span.end) }
    }
}

/// From the first character to the one behind the last.
#[derive(Debug, Serialize)]
pub(crate) struct Range {
    start: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}
