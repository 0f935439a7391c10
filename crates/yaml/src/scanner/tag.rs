//! Tags, anchors and aliases.

use std::borrow::Cow;

use super::cursor::is_word;
use super::{Fault, Kind, Scanner};

const TAG: &str = "while scanning a tag";

impl<'t> Scanner<'t> {
    /// Reads `&name` or `*name`.
    pub(super) fn scan_named(&mut self, kind: Kind) -> Result<(), Fault> {
        let start = self.cursor.at();
        self.cursor.skip(1);
        let name = self.scan_word();
        let ends = self.cursor.is_blank_or_end_at(0)
            || matches!(self.cursor.peek(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            let words =
                if kind == Kind::Anchor { "while scanning an anchor" } else { "while scanning an alias" };
            let message = "did not find expected alphabetic or numeric character";
            return Err(Fault::within(message, self.cursor.at(), words, start));
        }
        self.push_text(kind, start, Cow::Borrowed(name));
        Ok(())
    }

    pub(super) fn scan_tag(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at();
        let (handle, suffix);
        if self.cursor.peek_at(1) == b'<' {
            self.cursor.skip(2);
            (handle, suffix) = ("", self.scan_tag_uri(true, false, "", start)?);
            if self.cursor.peek() != b'>' {
                let message = "did not find the expected '>'";
                return Err(Fault::within(message, self.cursor.at(), TAG, start));
            }
            self.cursor.skip(1);
        } else {
            let head = self.scan_tag_handle(false, start)?;
            if head.len() > 1 && head.ends_with('!') {
                (handle, suffix) = (head, self.scan_tag_uri(false, false, "", start)?);
            } else {
                // It was no handle, but `!` and the start of the suffix.
                let rest = self.scan_tag_uri(false, false, head, start)?;
                (handle, suffix) = if rest.is_empty() { ("", Cow::Borrowed("!")) } else { ("!", rest) };
            }
        }
        let before_comma =
            self.flow_level > 0 && self.cursor.peek() == b',' && !self.grammar.flow_indicators_in_tags;
        if !self.cursor.is_blank_or_end_at(0) && !before_comma {
            let message = "did not find expected whitespace or line break";
            return Err(Fault::within(message, self.cursor.at(), TAG, start));
        }
        self.push_text(Kind::Tag, start, suffix);
        if let Some(token) = self.tokens.back_mut() {
            token.handle = handle;
        }
        Ok(())
    }

    /// Reads `!`, `!!` or `!name!`; in a tag also `!name`, which is not a handle.
    pub(super) fn scan_tag_handle(&mut self, directive: bool, start: usize) -> Result<&'t str, Fault> {
        let expected = |at, directive_words| {
            let words = if directive { directive_words } else { TAG };
            Fault::within("did not find expected '!'", at, words, start)
        };
        let handle = self.cursor.at();
        if self.cursor.peek() != b'!' {
            return Err(expected(handle, "while scanning a tag directive"));
        }
        self.cursor.skip(1);
        let is_empty = self.scan_word().is_empty();
        if self.cursor.peek() == b'!' {
            self.cursor.skip(1);
        } else if directive && !is_empty {
            return Err(expected(self.cursor.at(), "while parsing a tag directive"));
        }
        Ok(self.cursor.slice(handle, self.cursor.at()))
    }

    /// Reads the rest of a tag whose start `head` has been read already. Only `any_uri`s contain
    /// `,`, `[` and `]` in every library.
    pub(super) fn scan_tag_uri(
        &mut self,
        any_uri: bool,
        directive: bool,
        head: &'t str,
        start: usize,
    ) -> Result<Cow<'t, str>, Fault> {
        let flow_indicators = any_uri || self.grammar.flow_indicators_in_tags;
        // Without the exclamation mark.
        let uri_start = self.cursor.at() - head.len().saturating_sub(1);
        let mut decoded: Option<String> = None;
        loop {
            match self.cursor.peek() {
                b'%' => {
                    let before = self.cursor.slice(uri_start, self.cursor.at());
                    let mut uri = decoded.unwrap_or_else(|| before.to_owned());
                    uri.push_str(&self.scan_uri_escape(directive, start)?);
                    decoded = Some(uri);
                }
                next if is_uri(next) || (flow_indicators && matches!(next, b',' | b'[' | b']')) => {
                    self.cursor.skip(1);
                    if let Some(uri) = &mut decoded {
                        uri.push(char::from(next));
                    }
                }
                _ => break,
            }
        }
        let written = self.cursor.slice(uri_start, self.cursor.at());
        if written.is_empty() && (head.is_empty() || !self.grammar.allows_lone_tag) {
            let message = "did not find expected tag URI";
            return Err(Fault::within(message, self.cursor.at(), uri_words(directive), start));
        }
        Ok(decoded.map_or(Cow::Borrowed(written), Cow::Owned))
    }

    /// Reads the escaped bytes of one character.
    fn scan_uri_escape(&mut self, directive: bool, start: usize) -> Result<String, Fault> {
        let mut octets = Vec::with_capacity(4);
        let mut width = 1;
        while octets.len() < width {
            let digit = |ahead| char::from(self.cursor.peek_at(ahead)).to_digit(16);
            let octet = match (self.cursor.peek(), digit(1), digit(2)) {
                (b'%', Some(high), Some(low)) => u8::try_from(high << 4 | low).unwrap_or_default(),
                _ => return Err(self.uri_fault("did not find URI escaped octet", directive, start)),
            };
            if octets.is_empty() {
                width = match octet {
                    0x00..=0x7F => 1,
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => {
                        let message = "found an incorrect leading UTF-8 octet";
                        return Err(self.uri_fault(message, directive, start));
                    }
                };
            } else if octet & 0xC0 != 0x80 {
                return Err(self.uri_fault("found an incorrect trailing UTF-8 octet", directive, start));
            }
            octets.push(octet);
            self.cursor.skip(3);
        }
        Ok(String::from_utf8_lossy(&octets).into_owned())
    }

    fn uri_fault(&self, message: &'static str, directive: bool, start: usize) -> Fault {
        Fault::within(message, self.cursor.at(), uri_words(directive), start)
    }
}

fn uri_words(directive: bool) -> &'static str {
    if directive { "while parsing a %TAG directive" } else { "while parsing a tag" }
}

fn is_uri(byte: u8) -> bool {
    is_word(byte) || b";/?:@&=+$.!~*'()".contains(&byte)
}
