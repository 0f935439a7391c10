//! Scalars after `|` and `>`.

use super::{Fault, Kind, Scanner};
use crate::Span;
use crate::grammar::Spelling;
use crate::tree::Style;

const WORDS: &str = "while scanning a block scalar";

/// Which line breaks at the end stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, style: Style) -> Result<(), Fault> {
        let start = self.cursor.at();
        self.cursor.skip(1);
        let (chomping, increment) = self.scan_block_header(start)?;
        self.skip_rest_of_line();
        if !self.cursor.is_break_or_end() {
            let message = "did not find expected comment or line break";
            return Err(Fault::within(message, self.cursor.at(), WORDS, start));
        }
        self.cursor.take_break();

        let mut indent = increment.map(|increment| self.indent.unwrap_or_default() + increment);
        let mut text = String::new();
        let mut line_break = "";
        let mut more_breaks = String::new();
        let mut after_blank = false;
        let mut content = None;
        let mut end = self.scan_block_breaks(&mut indent, &mut more_breaks, start)?;
        while Some(self.cursor.column()) == indent && !self.cursor.is_end() {
            let blank = self.cursor.is_blank();
            if style == Style::Folded && line_break == "\n" && !after_blank && !blank {
                if more_breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(line_break);
            }
            text.push_str(&more_breaks);
            more_breaks.clear();
            after_blank = blank;
            let line = self.cursor.at();
            content.get_or_insert(line);
            let line_end = self.cursor.line_end();
            text.push_str(self.cursor.slice(line, line_end));
            self.cursor.skip_to(line_end);
            line_break = self.cursor.take_break();
            end = self.scan_block_breaks(&mut indent, &mut more_breaks, start)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(line_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&more_breaks);
        }
        self.push_text(Kind::Scalar(style), start, text.into());
        if let Some(token) = self.tokens.back_mut() {
            token.span = Span::new(start, end);
            token.content = content.unwrap_or(end);
        }
        Ok(())
    }

    /// Reads the indicators after `|` or `>`, in either order.
    fn scan_block_header(&mut self, start: usize) -> Result<(Chomping, Option<usize>), Fault> {
        let chomping = self.scan_chomping();
        let increment = match self.cursor.peek() {
            b'0' => {
                let message = "found an indentation indicator equal to 0";
                return Err(Fault::within(message, self.cursor.at(), WORDS, start));
            }
            digit @ b'1'..=b'9' => {
                self.cursor.skip(1);
                Some(usize::from(digit - b'0'))
            }
            _ => None,
        };
        let chomping = match chomping {
            None if increment.is_some() => self.scan_chomping(),
            chomping => chomping,
        };
        if self.grammar.spelling != Spelling::Libyaml
            && !self.cursor.is_break_or_end()
            && self.cursor.peek() != b' '
        {
            let message = "expected chomping or indentation indicators, but found {char}";
            return Err(Fault::within(message, self.cursor.at(), WORDS, start));
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.peek() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.skip(1);
        Some(chomping)
    }

    /// Goes over indentation and empty lines, and learns the indentation from them if it is not
    /// known. Gives the end of the last line that belongs to the scalar.
    fn scan_block_breaks(
        &mut self,
        indent: &mut Option<usize>,
        breaks: &mut String,
        start: usize,
    ) -> Result<usize, Fault> {
        let mut end = self.cursor.at();
        let mut deepest = 0;
        loop {
            let limit = indent.unwrap_or(usize::MAX);
            self.cursor.skip_spaces(limit);
            deepest = deepest.max(self.cursor.column());
            let tab_indents = self.grammar.tabs_separate && self.cursor.peek() == b'\t';
            if tab_indents && self.cursor.column() < limit {
                let message = "found a tab character where an indentation space is expected";
                return Err(Fault::within(message, self.cursor.at(), WORDS, start));
            }
            let line_break = self.cursor.take_break();
            if line_break.is_empty() {
                break;
            }
            breaks.push_str(line_break);
            end = self.cursor.at();
        }
        let least = self.indent.map_or(0, |indent| indent + 1).max(1);
        indent.get_or_insert(deepest.max(least));
        Ok(end)
    }
}
