//! Places in a text, as the page counts them.

use dryboot_core as core;
use dryboot_report::Utf16Map;

use crate::protocol::boot::Place;

/// One text with what is needed to express places in it.
pub struct Places<'a> {
    text: &'a str,
    lines: core::LineIndex,
    utf16: Utf16Map,
}

impl<'a> Places<'a> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, lines: core::LineIndex::new(text), utf16: Utf16Map::new(text) }
    }

    /// The byte offset of an offset in UTF-16 code units.
    #[must_use]
    pub fn byte(&self, utf16: u32) -> usize {
        self.utf16.to_byte(self.text, usize::try_from(utf16).unwrap_or(usize::MAX))
    }

    /// Offsets in UTF-16 code units of a span in bytes.
    #[must_use]
    pub fn range(&self, span: core::Span) -> (u32, u32) {
        let offset = |byte: usize| small(self.utf16.to_utf16(self.text.floor_char_boundary(byte)));
        (offset(span.start), offset(span.end))
    }

    /// Where a span is.
    #[must_use]
    pub fn place(&self, span: core::Span) -> Place {
        let (from, to) = self.range(span);
        let position = self.lines.position(span.start, self.text);
        Place { from, to, line: small(position.line), column: small(position.column) }
    }

    /// The line on which a span ends. One that ends with a line break ends on that line.
    #[must_use]
    pub fn last_line(&self, span: core::Span) -> u32 {
        small(self.lines.line(span.end.saturating_sub(1).max(span.start)))
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
