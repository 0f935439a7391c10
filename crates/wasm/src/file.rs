//! A file as an editor shows it.

use dryboot_core::Compression;
#[cfg(feature = "coreos")]
use dryboot_core::{Limits, open_envelope};

use crate::protocol::FileText;

/// What is shown of user-data in a file: the text inside the compression. A byte that is not valid UTF-8 is shown as
/// U+FFFD, which takes one place, as the `?` does that the linter has there.
#[must_use]
#[cfg(feature = "coreos")]
pub fn file_text(bytes: &[u8]) -> FileText {
    let envelope = open_envelope(bytes, Limits::default().bytes);
    let shown = plain_text(&envelope.bytes);
    FileText {
        compression: compression(envelope.compression).to_owned(),
        too_long: envelope.too_long,
        ..shown
    }
}

/// What is shown of user-data in a file. What is compressed is for the other module, which unpacks it.
#[must_use]
#[cfg(not(feature = "coreos"))]
pub fn file_text(bytes: &[u8]) -> FileText {
    plain_text(bytes)
}

fn plain_text(bytes: &[u8]) -> FileText {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
        invalid += chunk.invalid().len();
    }
    FileText { text, invalid: u32::try_from(invalid).unwrap_or(u32::MAX), ..FileText::default() }
}

/// The text that the core's spans point into, when it is given the bytes: as long as what is shown, in UTF-16.
#[must_use]
#[cfg(feature = "coreos")]
pub fn text_of_spans(bytes: &[u8]) -> String {
    open_envelope(bytes, Limits::default().bytes).text
}

/// Its name in the messages.
pub(crate) fn compression(compression: Compression) -> &'static str {
    match compression {
        Compression::None => "",
        Compression::Gzip => "gzip",
        Compression::Broken => "broken-gzip",
        Compression::BadHeader => "bad-gzip",
    }
}

#[cfg(all(test, feature = "coreos"))]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_take_one_place_each() {
        let shown = file_text(b"a\xff\xfe\xc3b");
        assert_eq!((shown.text.as_str(), shown.invalid), ("a\u{fffd}\u{fffd}\u{fffd}b", 3));
        assert_eq!(shown.compression, "");
        assert_eq!(text_of_spans(b"a\xff\xfe\xc3b"), "a???b");
    }

    #[test]
    fn a_damaged_gzip_stream_is_called_so() {
        let shown = file_text(&[0x1F, 0x8B, 0]);
        assert_eq!((shown.text.as_str(), shown.compression.as_str()), ("", "bad-gzip"));
    }
}
