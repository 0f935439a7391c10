//! Spaces and comments between tokens.

use super::Scanner;
use crate::Span;
use crate::tree::Comment;

impl Scanner<'_> {
    /// Goes to the next token.
    pub(super) fn skip_to_token(&mut self) {
        loop {
            let may_be_marked = match self.grammar.byte_order_marks_anywhere {
                true => self.cursor.column() == 0,
                false => self.cursor.at() == 0,
            };
            if may_be_marked {
                self.skip_byte_order_mark();
            }
            // A tab cannot indent, so it is skipped only where no key may begin.
            let tabs = self.grammar.tabs_separate && (self.flow_level > 0 || !self.may_be_key);
            while self.cursor.peek() == b' ' || (tabs && self.cursor.peek() == b'\t') {
                self.cursor.skip(1);
            }
            self.skip_comment();
            if self.cursor.take_break().is_empty() {
                return;
            }
            if self.flow_level == 0 {
                self.may_be_key = true;
            }
        }
    }

    /// Goes over spaces and a comment, as they follow a directive or a block's header.
    pub(super) fn skip_rest_of_line(&mut self) {
        self.skip_separators();
        self.skip_comment();
    }

    /// Goes over what may separate the words of a line.
    pub(super) fn skip_separators(&mut self) {
        while self.is_separator() {
            self.cursor.skip(1);
        }
    }

    /// Whether a space stands here, or a tab in its place.
    #[inline]
    pub(super) fn is_separator(&self) -> bool {
        let next = self.cursor.peek();
        next == b' ' || (next == b'\t' && self.grammar.tabs_separate)
    }

    fn skip_comment(&mut self) {
        if self.cursor.peek() == b'#' {
            let start = self.cursor.at();
            let end = self.cursor.line_end();
            self.cursor.skip_to(end);
            self.comments.push(Comment { span: Span::new(start, end) });
        }
    }

    fn skip_byte_order_mark(&mut self) {
        const MARK: &str = "\u{FEFF}";
        let end = self.cursor.at() + MARK.len();
        if self.cursor.slice(self.cursor.at(), end) == MARK {
            self.cursor.skip_to(end);
        }
    }
}
