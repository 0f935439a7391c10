//! Text of others, fit for terminals and logs.

use std::fmt::{self, Write};
use std::ops::RangeInclusive;
use std::str;

/// Letters and accents, by their category, that leave no trace: fillers and selectors of variants. Emoji need the
/// selectors that are not here.
const INVISIBLE: [RangeInclusive<char>; 6] = [
    '\u{34f}'..='\u{34f}',
    '\u{115f}'..='\u{1160}',
    '\u{180b}'..='\u{180f}',
    '\u{3164}'..='\u{3164}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{e0100}'..='\u{e01ef}',
];

/// Shows a text with everything escaped that could move the cursor, begin a line, hide text or turn its direction.
pub fn shown(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| text.chars().try_for_each(|char| write_shown(char, f)))
}

/// Shows bytes that may not be text: each that is not valid UTF-8 by its number, and none is made up.
pub fn shown_bytes(bytes: &[u8]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        bytes.utf8_chunks().try_for_each(|chunk| {
            write!(f, "{}", shown(chunk.valid()))?;
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))
        })
    })
}

pub(super) fn write_shown(char: char, out: &mut impl Write) -> fmt::Result {
    match char {
        _ if is_printable(char) => out.write_char(char),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        _ => write!(out, "{}", char.escape_unicode()),
    }
}

/// Whether a character is seen as itself. Neither controls nor what is invisible, or turns the direction, is.
pub(super) fn is_printable(char: char) -> bool {
    if char.is_ascii() {
        return !char.is_ascii_control();
    }
    if INVISIBLE.iter().any(|range| range.contains(&char)) {
        return false;
    }
    // The standard library knows the categories of Unicode when it escapes. Behind a letter, it lets accents stand.
    let mut buffer = [b'a'; 5];
    let length = 1 + char.encode_utf8(&mut buffer[1..]).len();
    str::from_utf8(&buffer[..length]).is_ok_and(|text| text.escape_debug().nth(2).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_all_languages_stays() {
        for text in
            ["Zoë <z@example.org>", "e\u{301}", r#"C:\a "b" 'c'"#, "日本語、한국어", "שלום", "😀", "–→…"]
        {
            assert_eq!(shown(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_seen_as_itself_is_escaped() {
        assert_eq!(shown("a\u{1b}[2Jb\r\n\t\u{202E}c").to_string(), "a\\u{1b}[2Jb\\r\\n\\t\\u{202e}c");
        let controls = ('\0'..' ').chain('\u{7f}'..='\u{9f}');
        let turning = ['\u{61c}', '\u{200e}', '\u{200f}'].into_iter().chain('\u{202a}'..='\u{202e}');
        let invisible = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{180e}', '\u{feff}'];
        let others = [
            '\u{a0}',
            '\u{2028}',
            '\u{2029}',
            '\u{fff9}',
            '\u{3164}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{10ffff}',
        ];
        let isolating = '\u{2066}'..='\u{2069}';
        for char in controls.chain(turning).chain(isolating).chain(invisible).chain(others) {
            let shown = shown(&char.to_string()).to_string();
            assert!(shown.starts_with('\\') && shown.is_ascii(), "{shown}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_have_their_numbers() {
        assert_eq!(shown_bytes(b"M\xfcller \xc3\xbc\0").to_string(), "M\\xfcller ü\\u{0}");
    }
}
