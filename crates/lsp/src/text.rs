//! A text with the positions of a client.

use dryboot_core::Span;
use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent as Change};

/// In what a client counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    Utf16,
}

impl Encoding {
    /// How long a piece of text is.
    fn length(self, piece: &str) -> usize {
        match self {
            Self::Utf8 => piece.len(),
            Self::Utf16 if piece.is_ascii() => piece.len(),
            Self::Utf16 => piece.chars().map(char::len_utf16).sum(),
        }
    }

    /// Where in a line a character is; behind the line for one that is not there.
    fn offset(self, line: &str, character: usize) -> usize {
        if self == Self::Utf8 || line.is_ascii() {
            return line.floor_char_boundary(character.min(line.len()));
        }
        let mut units = 0;
        for (at, character_at) in line.char_indices() {
            units += character_at.len_utf16();
            if units > character {
                return at;
            }
        }
        line.len()
    }
}

/// A text that changes.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    content: String,
    /// Where lines begin. To clients, a carriage return alone ends a line, too.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Text {
    pub(crate) fn new(content: String, encoding: Encoding) -> Self {
        Self { starts: starts(&content), content, encoding }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.content
    }

    /// Makes a change, which says where it is in the text as it is by now.
    pub(crate) fn change(&mut self, change: Change) {
        match change {
            Change::TextDocumentContentChangePartial(partial) => {
                let span = self.span(partial.range);
                self.content.replace_range(span.start..span.end, &partial.text);
            }
            Change::TextDocumentContentChangeWholeDocument(whole) => self.content = whole.text,
        }
        self.starts = starts(&self.content);
    }

    pub(crate) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.content.len() };
        start + self.encoding.offset(self.line(line), position.character as usize)
    }

    pub(crate) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.content.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let start = self.starts[line];
        Position { line: number(line), character: number(self.encoding.length(&self.content[start..offset])) }
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// A line, from 0, without its end.
    fn line(&self, line: usize) -> &str {
        let end = self.starts.get(line + 1).copied().unwrap_or(self.content.len());
        self.content[self.starts[line]..end].trim_end_matches(['\r', '\n'])
    }
}

/// A number for the protocol, which has no larger ones.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn starts(content: &str) -> Vec<usize> {
    let bytes = content.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn positions_go_both_ways_in_every_encoding() {
        let content = "a\nä🚀b\r\nc\rd\n";
        for (encoding, expected) in [(Encoding::Utf8, position(1, 6)), (Encoding::Utf16, position(1, 3))] {
            let text = Text::new(content.to_owned(), encoding);
            for (at, _) in content.char_indices().filter(|(at, _)| !content[..*at].ends_with('\r')) {
                assert_eq!(text.offset(text.position(at)), at, "{encoding:?} at {at}");
            }
            let b = content.find('b').expect("a letter");
            assert_eq!(text.position(b), expected);
            assert_eq!(text.position(content.find('d').expect("a letter")), position(3, 0));
        }
    }

    #[test]
    fn positions_that_are_not_there_are_the_nearest() {
        let text = Text::new("ab\n🚀\n".to_owned(), Encoding::Utf16);
        assert_eq!(text.offset(position(0, 99)), 2);
        assert_eq!(text.offset(position(1, 1)), 3, "in the midst of a character");
        assert_eq!(text.offset(position(9, 9)), text.as_str().len());
    }

    #[test]
    fn changes_apply_in_order() {
        let mut text = Text::new("hello\nworld\n".to_owned(), Encoding::Utf16);
        let partial = |start, end, new: &str| {
            Change::TextDocumentContentChangePartial(gen_lsp_types::TextDocumentContentChangePartial {
                range: Range { start, end },
                text: new.to_owned(),
                ..Default::default()
            })
        };
        text.change(partial(position(0, 0), position(0, 5), "a\nb"));
        text.change(partial(position(2, 0), position(2, 5), "c"));
        assert_eq!(text.as_str(), "a\nb\nc\n");
        text.change(partial(position(9, 0), position(9, 0), "d"));
        assert_eq!(text.as_str(), "a\nb\nc\nd");
    }
}
