//! Scalars without quotes.

use super::cursor::{is_blank_or_end, is_break};
use super::text::{Breaks, Text};
use super::{Fault, Kind, Scanner};
use crate::Span;
use crate::grammar::FlowColon;
use crate::tree::Style;

const WORDS: &str = "while scanning a plain scalar";

impl<'t> Scanner<'t> {
    pub(super) fn scan_plain(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at();
        let mut text = Text::new(self.cursor.text(), start);
        let mut breaks = Breaks::default();
        let mut end = start;
        let mut ends_line = false;
        let indent = self.indent.map_or(0, |indent| indent + 1);
        loop {
            if self.cursor.is_document_marker() || self.cursor.peek() == b'#' {
                break;
            }
            let run = self.cursor.at();
            let run_end = self.plain_run_end(start)?;
            if run_end > run {
                if ends_line {
                    breaks.fold_into(&mut text);
                    text.push_source(run, run_end);
                    ends_line = false;
                } else {
                    // With the spaces before it.
                    text.push_source(end, run_end);
                }
                self.cursor.skip_to(run_end);
                end = run_end;
            }
            if !self.is_separator() && !self.cursor.is_break() {
                break;
            }
            loop {
                if self.is_separator() {
                    if ends_line && self.cursor.column() < indent && self.cursor.peek() == b'\t' {
                        let message = "found a tab character that violates indentation";
                        return Err(Fault::within(message, self.cursor.at(), WORDS, start));
                    }
                    self.cursor.skip(1);
                    continue;
                }
                let line_break = self.cursor.take_break();
                if line_break.is_empty() {
                    break;
                }
                if ends_line {
                    breaks.next(line_break);
                } else {
                    breaks.first(line_break);
                    ends_line = true;
                }
            }
            if self.flow_level == 0 && self.cursor.column() < indent {
                break;
            }
        }
        if ends_line {
            self.may_be_key = true;
        }
        self.push_text(Kind::Scalar(Style::Plain), start, text.finish());
        if let Some(token) = self.tokens.back_mut() {
            token.span = Span::new(start, end);
        }
        Ok(())
    }

    /// Where the characters end that belong to the scalar beginning at `start`: at a space, or
    /// an indicator that is not part of it.
    fn plain_run_end(&self, start: usize) -> Result<usize, Fault> {
        let bytes = self.cursor.bytes();
        let in_flow = self.flow_level > 0;
        let mut at = self.cursor.at();
        while let Some(&next) = bytes.get(at) {
            match next {
                b' ' | b'\t' | b'\n' | b'\r' | 0 => break,
                0xC2 | 0xE2 if is_break(bytes, at) => break,
                b':' if is_blank_or_end(bytes, at + 1) => break,
                b':' if in_flow => {
                    let before = bytes.get(at + 1);
                    let before_bracket = matches!(before, Some(b',' | b'[' | b']' | b'{' | b'}'));
                    let refused = match self.grammar.flow_colon {
                        FlowColon::Allowed => false,
                        FlowColon::Refused => true,
                        FlowColon::RefusedBeforeIndicators => before_bracket || before == Some(&b'?'),
                        FlowColon::EndsBeforeIndicators if before_bracket => break,
                        FlowColon::EndsBeforeIndicators => false,
                    };
                    if refused {
                        return Err(Fault::within("found unexpected ':'", at, WORDS, start));
                    }
                    at += 1;
                }
                b',' | b'[' | b']' | b'{' | b'}' if in_flow => break,
                b'?' if in_flow && self.grammar.question_ends_flow_scalars => break,
                _ => at += 1,
            }
        }
        Ok(at)
    }
}
