//! The first stage of libyaml: bytes that cannot be YAML text at all.

use crate::python;
use crate::syntax::Stage;
use crate::{Dialect, SyntaxError};

/// go-yaml reads its input in pieces of this size and checks each as a whole, so a bad byte
/// wins over a syntax error that stands before it in the same piece.
const PIECE: usize = 512;

impl Dialect {
    /// Finds the first byte that the reader refuses, with its words.
    ///
    /// # Errors
    /// The refusal; everything before [`SyntaxError::noticed`] is valid UTF-8.
    pub(crate) fn check_bytes(self, bytes: &[u8]) -> Result<(), SyntaxError> {
        let check = if self.is_python() { python::reader::check_bytes } else { check_bytes };
        check(bytes).map(|_| ()).map_err(|error| error.by(Stage::Reader))
    }

    /// Whether the reader reports its fault before the scanner can report one noticed at
    /// `scanner`. PyYAML reads the whole text first.
    pub(crate) fn reader_is_first(self, reader: usize, scanner: usize) -> bool {
        self.is_python() || reader / PIECE <= scanner / PIECE
    }
}

/// libyaml's check of the whole text.
fn check_bytes(bytes: &[u8]) -> Result<&str, SyntaxError> {
    let (text, broken) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = error.valid_up_to();
            let text = std::str::from_utf8(&bytes[..valid]).unwrap_or_default();
            (text, Some(SyntaxError::at(utf8_fault(&bytes[valid..]), valid)))
        }
    };
    match first_refused(text) {
        Some((at, _)) => Err(SyntaxError::at("control characters are not allowed", at)),
        None => broken.map_or(Ok(text), Err),
    }
}

/// So many bytes fit into what processors compare at once.
const AT_ONCE: usize = 64;

/// The first character that may not stand in YAML text; all libraries agree on them.
pub(crate) fn first_refused(text: &str) -> Option<(usize, char)> {
    // Most texts have nothing but these, which is the cheaper question, and of many bytes at once the cheapest.
    let is_plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, &byte| all & is_plain(byte));
    let plain = text.as_bytes().chunks(AT_ONCE).position(|bytes| !are_plain(bytes))? * AT_ONCE;
    let mut rest = text[plain..].char_indices().map(|(at, char)| (plain + at, char));
    rest.find(|&(_, char)| !is_allowed(char))
}

fn is_allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{D7FF}'
        | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// libyaml's words for the malformed sequence at the start of `bytes`.
fn utf8_fault(bytes: &[u8]) -> &'static str {
    let width = match bytes.first() {
        Some(0xC0..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF7) => 4,
        _ => return "invalid leading UTF-8 octet",
    };
    if bytes.len() < width {
        return "incomplete UTF-8 octet sequence";
    }
    if bytes[1..width].iter().any(|byte| byte & 0xC0 != 0x80) {
        return "invalid trailing UTF-8 octet";
    }
    let overlong = match (bytes[0], bytes[1]) {
        (0xC0 | 0xC1, _) => true,
        (0xE0, second) => second < 0xA0,
        (0xF0, second) => second < 0x90,
        _ => false,
    };
    if overlong { "invalid length of a UTF-8 sequence" } else { "invalid Unicode character" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_malformed_sequence_has_its_words() {
        for (bytes, words) in [
            (&b"a\xFF"[..], "invalid leading UTF-8 octet"),
            (b"a\x80", "invalid leading UTF-8 octet"),
            (b"a\xC3", "incomplete UTF-8 octet sequence"),
            (b"a\xC3\n", "invalid trailing UTF-8 octet"),
            (b"a\xC0\xAF", "invalid length of a UTF-8 sequence"),
            (b"a\xE0\x80\xAF", "invalid length of a UTF-8 sequence"),
            (b"a\xED\xA0\x80", "invalid Unicode character"),
            (b"a\xF4\x90\x80\x80", "invalid Unicode character"),
            (b"a\x07\xFF", "control characters are not allowed"),
            (b"a\x7F", "control characters are not allowed"),
        ] {
            assert_eq!(check_bytes(bytes), Err(SyntaxError::at(words, 1)), "{bytes:?}");
        }
        assert_eq!(check_bytes("ä\t\r\n\u{85}😀".as_bytes()), Ok("ä\t\r\n\u{85}😀"));
    }
}
