//! Byte spans, and the lines and columns that people read.

use std::ops::Range;

/// A half-open range of bytes in the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an inverted range becomes empty at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span at `offset`.
    #[must_use]
    pub fn empty(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Whether `offset` lies inside, counting the position right behind the last byte as inside.
    #[must_use]
    pub fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The spans in the order of the text, of which those that touch are one.
    #[must_use]
    pub fn apart(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort_unstable();
        let mut apart: Vec<Self> = Vec::new();
        for span in spans {
            match apart.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        apart
    }

    /// The text under the span, empty when the span does not fit `text`.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(Range::from(self)).unwrap_or_default()
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// A place as a person reads it: line and column count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Where each line of a text begins. Lines end at LF alone, as in editors and as both targets
/// count them; NEL, LS and PS are line breaks to YAML 1.1 but not here.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Of every [`BLOCK`] bytes, how many before them continue a character; none for a text in ASCII. A
    /// line may be as long as the text, and need not be counted from its beginning.
    continued: Vec<usize>,
}

/// As many bytes are counted for a column, at most.
const BLOCK: usize = 256;

/// How many bytes are not the first of their character.
fn continuing(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 == 0x80).count()
}

impl LineIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let mut continued = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                continued.push(before);
                before += continuing(block);
            }
            continued.push(before);
        }
        // About as many as there are in a config; a text of other lines makes it grow.
        let mut starts = Vec::with_capacity(1 + text.len() / 24);
        starts.push(0);
        starts.extend(breaks.map(|at| at + 1));
        Self { starts, continued }
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// How many lines there are; a text that ends with a line break has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The span of a line (from 1) without its line break; empty for a line that does not exist.
    #[must_use]
    pub fn line_span(&self, line: usize, text: &str) -> Span {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return Span::empty(text.len());
        };
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let content = text.get(start..end).unwrap_or_default();
        Span::new(start, start + content.trim_end_matches('\r').len())
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize, text: &str) -> Position {
        let offset = offset.min(text.len());
        let line = self.line(offset);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.characters(offset, text) - self.characters(start, text);
        Position { line, column: column + 1 }
    }

    /// How many characters begin before an offset.
    fn characters(&self, offset: usize, text: &str) -> usize {
        let block = offset / BLOCK;
        let Some(before) = self.continued.get(block) else { return offset };
        offset - before - continuing(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let text = "a\nä€b\r\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.position(0, text), Position { line: 1, column: 1 });
        assert_eq!(lines.position(7, text), Position { line: 2, column: 3 });
        assert_eq!(lines.position(99, text), Position { line: 3, column: 1 });
        assert_eq!(lines.line_span(2, text).slice(text), "ä€b");
        let text = format!("x\n{}{}", "aä€🚀".repeat(500), "b".repeat(600));
        let lines = LineIndex::new(&text);
        for (count, (at, _)) in text.char_indices().skip(2).enumerate() {
            assert_eq!(lines.position(at, &text), Position { line: 2, column: count + 1 });
        }
        let (text, lines) = ("a\nä€b\r\n", LineIndex::new("a\nä€b\r\n"));
        assert_eq!(lines.line_span(9, text), Span::empty(text.len()));
    }
}
