//! The content of a file to write: its encodings.

use std::borrow::Cow;

use dryboot_yaml::scalar::decode_base64;

use crate::gzip::gunzip;

/// Decoded content may be this long, in bytes; a file that needs more is not told apart.
const LONGEST: usize = 64 << 20;

/// Whether the gzip stream of some content breaks off or fails its checksum. The target takes what
/// could be inflated until then, and says nothing.
#[must_use]
pub fn is_cut_short(content: &[u8], encoding: &str) -> bool {
    let gzipped = match encoding {
        "gz" | "gzip" => Some(Cow::Borrowed(content)),
        "gz+base64" | "gzip+base64" | "gz+b64" | "gzip+b64" => {
            decode_content(content, "base64").ok().map(|bytes| Cow::Owned(bytes.into_owned()))
        }
        _ => None,
    };
    let inflated = gzipped.and_then(|gzipped| gunzip(&gzipped, LONGEST));
    inflated.is_some_and(|inflated| !inflated.whole && inflated.bytes.len() <= LONGEST)
}

/// Why content cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The target knows no such encoding.
    UnknownEncoding,
    /// The content is not base64.
    Base64,
    /// The content does not begin with a gzip header.
    Gzip,
}

/// Decodes content as the target does when it applies a config.
///
/// # Errors
/// The encoding is unknown, or the content does not fit it. A gzip stream that breaks off is not
/// an error: the target takes what could be inflated.
pub fn decode_content<'a>(content: &'a [u8], encoding: &str) -> Result<Cow<'a, [u8]>, DecodeError> {
    let base64 = |content: &[u8]| {
        let text = std::str::from_utf8(content).ok();
        text.and_then(decode_base64).ok_or(DecodeError::Base64)
    };
    match encoding {
        "" => Ok(Cow::Borrowed(content)),
        "b64" | "base64" => base64(content).map(Cow::Owned),
        "gz" | "gzip" => inflate(content).map(Cow::Owned),
        "gz+base64" | "gzip+base64" | "gz+b64" | "gzip+b64" => inflate(&base64(content)?).map(Cow::Owned),
        _ => Err(DecodeError::UnknownEncoding),
    }
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    gunzip(bytes, LONGEST).map(|gunzipped| gunzipped.bytes).ok_or(DecodeError::Gzip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_decodes_and_refuses() {
        let gzipped = "H4sIAAAAAAACA8vIBACsKpPYAgAAAA==";
        assert_eq!(decode_content(b"hi", "").as_deref(), Ok(&b"hi"[..]));
        assert_eq!(decode_content(b"aGk=", "b64").as_deref(), Ok(&b"hi"[..]));
        assert_eq!(decode_content(b"hi", "base64"), Err(DecodeError::Base64));
        assert_eq!(decode_content(b"hi", "gz"), Err(DecodeError::Gzip));
        assert_eq!(decode_content(b"hi", "Base64"), Err(DecodeError::UnknownEncoding));
        assert_eq!(decode_content(gzipped.as_bytes(), "gzip+b64").as_deref(), Ok(&b"hi"[..]));
        assert!(!is_cut_short(gzipped.as_bytes(), "gzip+b64"));
        assert!(is_cut_short(b"H4sIAAAAAAACA8vI", "gzip+b64"));
        assert!(!is_cut_short(b"H4sI", "b64"));
    }
}
