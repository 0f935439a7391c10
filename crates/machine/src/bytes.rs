//! File contents as JSON shows them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes as text: every byte that is not part of valid UTF-8 becomes one U+FFFD.
#[must_use]
pub fn lossy_text(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    text
}

/// Bytes as base64 when they are not valid UTF-8.
#[must_use]
pub fn base64_unless_text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).is_err().then(|| STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_byte_is_replaced_by_itself() {
        assert_eq!(lossy_text(b"a\xe2\x82b"), "a\u{FFFD}\u{FFFD}b");
        assert_eq!(base64_unless_text(b"a\xff"), Some("Yf8=".to_owned()));
        assert_eq!(base64_unless_text("ä".as_bytes()), None);
    }
}
