//! Scalars in quotes.

use super::cursor::{byte, is_break};
use super::text::{Breaks, Text};
use super::{Fault, Kind, Scanner};
use crate::tree::Style;

const SCANNING: &str = "while scanning a quoted scalar";
const PARSING: &str = "while parsing a quoted scalar";

/// What Python raises for a code that is not a character's.
const NO_CHARACTER: &str = "ValueError: chr() arg not in range(0x110000)";
const TOO_LARGE_FOR_C: &str = "OverflowError: Python int too large to convert to C int";

impl<'t> Scanner<'t> {
    pub(super) fn scan_flow_scalar(&mut self, style: Style) -> Result<(), Fault> {
        let quote = if style == Style::SingleQuoted { b'\'' } else { b'"' };
        let start = self.cursor.at();
        self.cursor.skip(1);
        let mut text = Text::new(self.cursor.text(), self.cursor.at());
        let mut breaks = Breaks::default();
        loop {
            if self.cursor.is_document_marker() {
                let message = "found unexpected document indicator";
                return Err(Fault::within(message, self.cursor.at(), SCANNING, start));
            }
            if self.cursor.is_end() {
                let message = "found unexpected end of stream";
                return Err(Fault::within(message, self.cursor.at(), SCANNING, start));
            }
            let mut folds = self.scan_quoted_run(quote, start, &mut text)?;
            if self.cursor.peek() == quote {
                break;
            }
            let blanks = self.cursor.at();
            let mut blanks_end = blanks;
            loop {
                if self.cursor.is_blank() {
                    self.cursor.skip(1);
                    blanks_end = self.cursor.at();
                    continue;
                }
                let line_break = self.cursor.take_break();
                if line_break.is_empty() {
                    break;
                }
                if folds {
                    breaks.next(line_break);
                } else {
                    breaks.first(line_break);
                    folds = true;
                }
            }
            if folds {
                breaks.fold_into(&mut text);
            } else {
                text.push_source(blanks, blanks_end);
            }
        }
        self.cursor.skip(1);
        self.push_text(Kind::Scalar(style), start, text.finish());
        Ok(())
    }

    /// Reads up to a space, a line break or the closing quote; true when that was an escaped
    /// line break.
    fn scan_quoted_run(&mut self, quote: u8, start: usize, text: &mut Text<'t>) -> Result<bool, Fault> {
        let bytes = self.cursor.bytes();
        loop {
            let run = self.cursor.at();
            let mut at = run;
            while let Some(&next) = bytes.get(at) {
                match next {
                    b' ' | b'\t' | b'\n' | b'\r' | 0 => break,
                    0xC2 | 0xE2 if is_break(bytes, at) => break,
                    b'\\' if quote == b'"' => break,
                    _ if next == quote => break,
                    _ => at += 1,
                }
            }
            if at > run {
                text.push_source(run, at);
                self.cursor.skip_to(at);
            }
            match byte(bytes, at) {
                b'\'' if quote == b'\'' && byte(bytes, at + 1) == b'\'' => {
                    // The second of the two stands for both.
                    self.cursor.skip(2);
                    text.push_source(at + 1, at + 2);
                }
                b'\\' if quote == b'"' => {
                    if is_break(bytes, at + 1) {
                        self.cursor.skip(1);
                        self.cursor.take_break();
                        return Ok(true);
                    }
                    self.scan_escape(start, text)?;
                }
                _ => return Ok(false),
            }
        }
    }

    fn scan_escape(&mut self, start: usize, text: &mut Text<'t>) -> Result<(), Fault> {
        let digits = match self.cursor.peek_at(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            other => {
                let Some(char) = unescape(other, self.grammar.extra_escape) else {
                    let message = "found unknown escape character";
                    return Err(Fault::within(message, self.cursor.at(), PARSING, start));
                };
                self.cursor.skip(2);
                text.push(char);
                return Ok(());
            }
        };
        self.cursor.skip(2);
        let mut value: u32 = 0;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.cursor.peek_at(ahead)).to_digit(16) else {
                let message = "did not find expected hexadecimal number";
                return Err(Fault::within(message, self.cursor.at(), PARSING, start));
            };
            value = value << 4 | digit;
        }
        let char = match char::from_u32(value) {
            Some(char) => char,
            None if self.grammar.takes_surrogates => match value {
                // Half of a surrogate pair has no place in a text of ours.
                0xD800..=0xDFFF => char::REPLACEMENT_CHARACTER,
                0x8000_0000.. => return Err(Fault::crash(TOO_LARGE_FOR_C, self.cursor.at())),
                _ => return Err(Fault::crash(NO_CHARACTER, self.cursor.at())),
            },
            None => {
                let message = "found invalid Unicode character escape code";
                return Err(Fault::within(message, self.cursor.at(), PARSING, start));
            }
        };
        self.cursor.skip(digits);
        text.push(char);
        Ok(())
    }
}

/// What a backslash and `escape` stand for.
fn unescape(escape: u8, extra: u8) -> Option<char> {
    Some(match escape {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{B}',
        b'f' => '\u{C}',
        b'r' => '\r',
        b'e' => '\u{1B}',
        b' ' | b'"' | b'\\' => char::from(escape),
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ if escape == extra => char::from(escape),
        _ => return None,
    })
}
