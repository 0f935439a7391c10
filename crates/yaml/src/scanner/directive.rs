//! `%YAML` and `%TAG`.

use super::cursor::is_word;
use super::{Fault, Kind, Scanner};

const DIRECTIVE: &str = "while scanning a directive";
const VERSION: &str = "while scanning a %YAML directive";
const TAG: &str = "while scanning a %TAG directive";

impl<'t> Scanner<'t> {
    pub(super) fn scan_directive(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at();
        self.cursor.skip(1);
        let name = self.scan_word();
        if name.is_empty() {
            return Err(self.fault("could not find expected directive name", DIRECTIVE, start));
        }
        if !self.cursor.is_blank_or_end_at(0) {
            return Err(self.fault("found unexpected non-alphabetical character", DIRECTIVE, start));
        }
        match name {
            "YAML" => {
                self.cursor.skip_blanks();
                let major = self.scan_version_number(start)?;
                if self.cursor.peek() != b'.' {
                    return Err(self.fault("did not find expected digit or '.' character", VERSION, start));
                }
                self.cursor.skip(1);
                let minor = self.scan_version_number(start)?;
                self.push(Kind::Version(major, minor), start);
            }
            "TAG" => self.scan_tag_directive(start)?,
            _ => return Err(self.fault("found unknown directive name", DIRECTIVE, start)),
        }
        self.skip_rest_of_line();
        if !self.cursor.is_break_or_end() {
            return Err(self.fault("did not find expected comment or line break", DIRECTIVE, start));
        }
        self.cursor.take_break();
        Ok(())
    }

    /// Reads alphanumeric characters.
    pub(super) fn scan_word(&mut self) -> &'t str {
        let start = self.cursor.at();
        while is_word(self.cursor.peek()) {
            self.cursor.skip(1);
        }
        self.cursor.slice(start, self.cursor.at())
    }

    fn fault(&self, message: &'static str, words: &'static str, start: usize) -> Fault {
        Fault::within(message, self.cursor.at(), words, start)
    }

    fn scan_version_number(&mut self, start: usize) -> Result<u32, Fault> {
        let mut value: u32 = 0;
        let mut length = 0;
        while let Some(digit) = char::from(self.cursor.peek()).to_digit(10) {
            length += 1;
            if length > self.grammar.version_digits {
                return Err(self.fault("found extremely long version number", VERSION, start));
            }
            value = value.saturating_mul(10).saturating_add(digit);
            self.cursor.skip(1);
        }
        if length == 0 {
            return Err(self.fault("did not find expected version number", VERSION, start));
        }
        Ok(value)
    }

    fn scan_tag_directive(&mut self, start: usize) -> Result<(), Fault> {
        self.cursor.skip_blanks();
        let handle = self.scan_tag_handle(true, start)?;
        if !self.cursor.is_blank() {
            return Err(self.fault("did not find expected whitespace", TAG, start));
        }
        self.cursor.skip_blanks();
        let prefix = self.scan_tag_uri(true, true, "", start)?;
        if !self.cursor.is_blank_or_end_at(0) {
            return Err(self.fault("did not find expected whitespace or line break", TAG, start));
        }
        self.push_text(Kind::TagDirective, start, prefix);
        if let Some(token) = self.tokens.back_mut() {
            token.handle = handle;
        }
        Ok(())
    }
}
