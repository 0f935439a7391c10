//! Texts and places in them: byte spans, the lines and columns that people read, the way from a text that was made out of
//! another back to that other one, and the nearest of several words.

mod nearest;
mod source_map;
mod span;

use std::borrow::Cow;

pub use nearest::nearest;
pub use source_map::{Builder, SourceMap};
pub use span::{LineIndex, Position, Span};

/// The bytes as text; what is not valid UTF-8 is replaced, as [`String::from_utf8_lossy`] does it.
#[must_use]
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Nearly everything is valid, and asking for that is several times as fast.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Whether a word stands anywhere in a text, its ASCII letters in any case.
#[must_use]
pub fn mentions(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .any(|at| text[at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
}

/// The bytes as text of the same length: each byte that is not valid UTF-8 is a `?`.
#[must_use]
pub fn same_length(bytes: &[u8]) -> String {
    // Nearly everything is, which is the cheaper question.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn bytes_that_are_not_text_keep_their_place() {
        assert_eq!(super::same_length(b"a\xff\xfe\xc3b\xc3\xa4"), "a???bä");
    }

    #[test]
    fn words_are_found_in_any_case_and_at_both_ends() {
        for text in ["flatcar", "for Flatcar", "FLATCAR linux", "fFlAtCaR", "f flat\u{e4} flatcar"] {
            assert!(super::mentions(text, "flatcar"), "{text}");
        }
        for text in ["", "flatca", "flat car", "f"] {
            assert!(!super::mentions(text, "flatcar"), "{text}");
        }
    }
}
