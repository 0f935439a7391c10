//! Places in texts: byte spans, the lines and columns that people read, and the way from a text that was made out of
//! another back to that other one.

mod source_map;
mod span;

pub use source_map::{Builder, SourceMap};
pub use span::{LineIndex, Position, Span};

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
}
