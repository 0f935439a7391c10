//! Tags and directives as PyYAML spells them. In a message, `{char}` stands for the character at the fault, as Python
//! shows it.

use std::borrow::Cow;

use super::cursor::{byte, is_break, is_word};
use super::{Fault, Kind, Scanner};
use crate::python::{MOST_DIGITS, Octets};

/// What the faults of one construct call it.
#[derive(Clone, Copy)]
struct Words {
    scanning: &'static str,
    parsing: &'static str,
}

const TAG: Words = Words { scanning: "while scanning a tag", parsing: "while parsing a tag" };
const DIRECTIVE: Words =
    Words { scanning: "while scanning a directive", parsing: "while parsing a directive" };

impl<'t> Scanner<'t> {
    pub(super) fn scan_python_directive(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at();
        self.cursor.skip(1);
        let name = self.scan_word();
        if name.is_empty() || !self.ends_word() {
            let message = "expected alphabetic or numeric character, but found {char}";
            return Err(self.python_fault(message, DIRECTIVE.scanning, start));
        }
        match name {
            "YAML" => self.scan_python_version(start)?,
            "TAG" => self.scan_python_tag_directive(start)?,
            _ => {
                let end = self.cursor.line_end();
                self.push(Kind::OtherDirective, start);
                self.cursor.skip_to(end);
            }
        }
        self.skip_rest_of_line();
        if !self.cursor.is_break_or_end() {
            let message = "expected a comment or a line break, but found {char}";
            return Err(self.python_fault(message, DIRECTIVE.scanning, start));
        }
        self.cursor.take_break();
        Ok(())
    }

    fn scan_python_version(&mut self, start: usize) -> Result<(), Fault> {
        self.skip_separators();
        let major = self.scan_python_number(start)?;
        if self.cursor.peek() != b'.' {
            let message = "expected a digit or '.', but found {char}";
            return Err(self.python_fault(message, DIRECTIVE.scanning, start));
        }
        self.cursor.skip(1);
        let minor = self.scan_python_number(start)?;
        if !self.ends_word() {
            let message = "expected a digit or ' ', but found {char}";
            return Err(self.python_fault(message, DIRECTIVE.scanning, start));
        }
        self.push(Kind::Version(major, minor), start);
        Ok(())
    }

    fn scan_python_number(&mut self, start: usize) -> Result<u32, Fault> {
        let digits = self.cursor.at();
        let mut value: u32 = 0;
        while let Some(digit) = char::from(self.cursor.peek()).to_digit(10) {
            value = value.saturating_mul(10).saturating_add(digit);
            self.cursor.skip(1);
        }
        match self.cursor.at() - digits {
            0 => {
                let message = "expected a digit, but found {char}";
                Err(self.python_fault(message, DIRECTIVE.scanning, start))
            }
            1..=MOST_DIGITS => Ok(value),
            _ => Err(Fault::crash("ValueError: {number}", digits)),
        }
    }

    fn scan_python_tag_directive(&mut self, start: usize) -> Result<(), Fault> {
        self.skip_separators();
        let handle = self.scan_python_tag_handle(DIRECTIVE, start)?;
        if self.cursor.peek() != b' ' {
            return Err(self.python_fault("expected ' ', but found {char}", DIRECTIVE.scanning, start));
        }
        self.skip_separators();
        let prefix = self.scan_python_uri(DIRECTIVE, start)?;
        if !self.ends_word() {
            return Err(self.python_fault("expected ' ', but found {char}", DIRECTIVE.scanning, start));
        }
        self.push_text(Kind::TagDirective, start, prefix);
        if let Some(token) = self.tokens.back_mut() {
            token.handle = handle;
        }
        Ok(())
    }

    pub(super) fn scan_python_tag(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at();
        let (handle, suffix);
        if self.cursor.peek_at(1) == b'<' {
            self.cursor.skip(2);
            (handle, suffix) = ("", self.scan_python_uri(TAG, start)?);
            if self.cursor.peek() != b'>' {
                return Err(self.python_fault("expected '>', but found {char}", TAG.parsing, start));
            }
            self.cursor.skip(1);
        } else if self.cursor.is_blank_or_end_at(1) {
            self.cursor.skip(1);
            (handle, suffix) = ("", Cow::Borrowed("!"));
        } else {
            handle = if self.has_second_exclamation_mark() {
                self.scan_python_tag_handle(TAG, start)?
            } else {
                self.cursor.skip(1);
                "!"
            };
            suffix = self.scan_python_uri(TAG, start)?;
        }
        if !self.ends_word() {
            return Err(self.python_fault("expected ' ', but found {char}", TAG.scanning, start));
        }
        self.push_text(Kind::Tag, start, suffix);
        if let Some(token) = self.tokens.back_mut() {
            token.handle = handle;
        }
        Ok(())
    }

    /// Whether another `!` follows the one here, before a space or the end of the line.
    fn has_second_exclamation_mark(&self) -> bool {
        let bytes = self.cursor.bytes();
        let mut at = self.cursor.at() + 1;
        while !matches!(byte(bytes, at), 0 | b' ' | b'!') && !is_break(bytes, at) {
            at += 1;
        }
        byte(bytes, at) == b'!'
    }

    fn scan_python_tag_handle(&mut self, words: Words, start: usize) -> Result<&'t str, Fault> {
        let handle = self.cursor.at();
        let fault = "expected '!', but found {char}";
        if self.cursor.peek() != b'!' {
            return Err(self.python_fault(fault, words.scanning, start));
        }
        self.cursor.skip(1);
        if self.cursor.peek() != b' ' {
            self.scan_word();
            if self.cursor.peek() != b'!' {
                return Err(self.python_fault(fault, words.scanning, start));
            }
            self.cursor.skip(1);
        }
        Ok(self.cursor.slice(handle, self.cursor.at()))
    }

    fn scan_python_uri(&mut self, words: Words, start: usize) -> Result<Cow<'t, str>, Fault> {
        let uri = self.cursor.at();
        let mut decoded: Option<String> = None;
        loop {
            match self.cursor.peek() {
                b'%' => {
                    let before = self.cursor.slice(uri, self.cursor.at());
                    let mut text = decoded.unwrap_or_else(|| before.to_owned());
                    text.push_str(&self.scan_python_octets(words, start)?);
                    decoded = Some(text);
                }
                next if is_word(next) || b";/?:@&=+$,_.!~*'()[]".contains(&next) => {
                    self.cursor.skip(1);
                    if let Some(text) = &mut decoded {
                        text.push(char::from(next));
                    }
                }
                _ => break,
            }
        }
        let written = self.cursor.slice(uri, self.cursor.at());
        if written.is_empty() {
            return Err(self.python_fault("expected URI, but found {char}", words.parsing, start));
        }
        Ok(decoded.map_or(Cow::Borrowed(written), Cow::Owned))
    }

    /// Reads the escaped bytes here, as many as there are.
    fn scan_python_octets(&mut self, words: Words, start: usize) -> Result<String, Fault> {
        let begin = self.cursor.at();
        let octets = Octets::read(self.cursor.slice(begin, self.cursor.text().len()));
        self.cursor.skip(octets.length);
        if octets.is_broken {
            // It shows the character at fault, but the place of the first digit.
            let message =
                "expected URI escape sequence of 2 hexadecimal numbers, but found {not hexadecimal}";
            return Err(self.python_fault(message, words.scanning, start));
        }
        match String::from_utf8(octets.bytes) {
            Ok(text) => Ok(text),
            Err(_) => Err(Fault::within("{octets}", begin, words.scanning, start)),
        }
    }

    /// Whether a space, a line break or the end stands here.
    fn ends_word(&self) -> bool {
        self.cursor.peek() == b' ' || self.cursor.is_break_or_end()
    }

    fn python_fault(&self, message: &'static str, words: &'static str, start: usize) -> Fault {
        Fault::within(message, self.cursor.at(), words, start)
    }
}
