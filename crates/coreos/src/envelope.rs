//! What the bytes of user-data are, before anything in them is read.

pub use dryboot_lint::Compression;
use std::borrow::Cow;

use crate::Target;
use crate::ignition::is_ignition;
use dryboot_user_data::gzip::{MAGIC, gunzip};

/// The first line of every cloud-config.
pub const HEADER: &str = "#cloud-config";

/// What a target takes user-data for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// No bytes at all: nothing to do, no complaint.
    Empty,
    /// Begins with `#!`: run by bash.
    Script,
    /// Begins with the line `#cloud-config`.
    CloudConfig,
    /// JSON with a version of Ignition: left to Ignition.
    Ignition,
    /// Parts of several kinds; Flatcar alone reads these.
    MimeMultipart,
    /// Nothing that the target knows.
    Unknown,
}

impl Format {
    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Script => "script",
            Self::CloudConfig => "cloud-config",
            Self::Ignition => "ignition",
            Self::MimeMultipart => "mime-multipart",
            Self::Unknown => "unknown",
        }
    }
}

/// User-data after its compression, with its format still open: that depends on the target.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// What was around it.
    pub compression: Compression,
    /// There is more than the limit, before or after decompression; it was not looked at.
    pub too_long: bool,
    /// The bytes as the target sees them.
    pub bytes: Cow<'a, [u8]>,
    /// The bytes as text of the same length: each byte that is not valid UTF-8 is a `?`.
    pub text: String,
}

/// Takes the gzip layer off, if there is one. What is longer than `limit` bytes stays closed.
#[must_use]
pub fn open(bytes: &[u8], limit: usize) -> Envelope<'_> {
    let (compression, bytes) = match bytes {
        _ if bytes.starts_with(&MAGIC) => match gunzip(bytes, limit) {
            None => (Compression::BadHeader, Cow::Borrowed(&[][..])),
            Some(gunzipped) if gunzipped.whole => (Compression::Gzip, Cow::Owned(gunzipped.bytes)),
            Some(gunzipped) => (Compression::Broken, Cow::Owned(gunzipped.bytes)),
        },
        _ => (Compression::None, Cow::Borrowed(bytes)),
    };
    let too_long = bytes.len() > limit;
    let bytes = if too_long { Cow::Borrowed(&[][..]) } else { bytes };
    let text = dryboot_text::same_length(&bytes);
    Envelope { compression, too_long, bytes, text }
}

/// How long bytes are after `gzip -9`.
#[must_use]
pub fn gzipped_length(bytes: &[u8]) -> usize {
    dryboot_user_data::gzip::gzipped_length(bytes)
}

/// Wraps bytes that are open already: a text after substitution, a part of a message. Nothing is
/// inflated, whatever they begin with.
#[must_use]
pub fn opened(bytes: Cow<'_, [u8]>) -> Envelope<'_> {
    let text = dryboot_text::same_length(&bytes);
    Envelope { compression: Compression::None, too_long: false, bytes, text }
}

impl Envelope<'_> {
    /// What `target` takes the user-data for.
    #[must_use]
    pub fn format(&self, target: Target) -> Format {
        if self.too_long {
            Format::Unknown
        } else if self.bytes.is_empty() {
            Format::Empty
        } else if self.bytes.starts_with(b"#!") {
            Format::Script
        } else if is_ignition(&self.bytes) {
            Format::Ignition
        } else if self.is_cloud_config() {
            Format::CloudConfig
        } else if target.habits().reads_mime && self.is_multipart() {
            Format::MimeMultipart
        } else {
            Format::Unknown
        }
    }

    /// Everything before the first line feed.
    #[must_use]
    pub fn first_line(&self) -> &str {
        self.text.split('\n').next().unwrap_or_default()
    }

    /// Whether the text begins with mail headers, one of which announces several parts.
    fn is_multipart(&self) -> bool {
        let mut headers = self.text.lines().map_while(|line| line.split_once(':'));
        headers.any(|(name, value)| {
            name.eq_ignore_ascii_case("Content-Type")
                && value.trim_start().to_ascii_lowercase().starts_with("multipart/mixed")
        })
    }

    fn is_cloud_config(&self) -> bool {
        // The header cannot hold a replaced byte: a question mark is not white space.
        self.first_line().trim_end_matches(is_go_space) == HEADER
    }
}

/// `unicode.IsSpace` of Go.
fn is_go_space(char: char) -> bool {
    char.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(bytes: &[u8]) -> Format {
        open(bytes, 1000).format(Target::CoreOs)
    }

    #[test]
    fn only_the_exact_header_makes_a_cloud_config() {
        for good in ["#cloud-config", "#cloud-config\r\na: b", "#cloud-config \t\u{a0}\na: b"] {
            assert_eq!(format(good.as_bytes()), Format::CloudConfig, "{good:?}");
        }
        for bad in [
            "\n#cloud-config\n",
            " #cloud-config\n",
            "\u{feff}#cloud-config\n",
            "#Cloud-Config\n",
            "#cloud-config x\n",
            "#cloud-config\ra: b",
        ] {
            assert_eq!(format(bad.as_bytes()), Format::Unknown, "{bad:?}");
        }
        assert_eq!(format(b"#cloud-config\xff\n"), Format::Unknown);
    }

    #[test]
    fn other_formats_are_told_apart() {
        assert_eq!(format(b""), Format::Empty);
        assert_eq!(format(b"#!/bin/sh\n"), Format::Script);
        assert_eq!(format(b" #!/bin/sh\n"), Format::Unknown);
        assert_eq!(format(br#"{"ignitionVersion": 1}"#), Format::Ignition);
        assert_eq!(format(br#"{"ignition": {"version": "2.0.0"}}"#), Format::Ignition);
        assert_eq!(format(br#"{"ignition": {"version": 2}}"#), Format::Unknown);
        let mime = open(b"Content-Type: multipart/mixed; boundary=x\n\n", 1000);
        assert_eq!(mime.format(Target::CoreOs), Format::Unknown);
        assert_eq!(mime.format(Target::Flatcar), Format::MimeMultipart);
    }

    #[test]
    fn gzip_is_opened_once_and_its_faults_are_kept() {
        let whole = [
            &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3][..],
            &miniz_oxide::deflate::compress_to_vec(HEADER.as_bytes(), 6),
            &[0x1B, 0x7A, 0x99, 0x01, 13, 0, 0, 0],
        ]
        .concat();
        assert_eq!(open(&whole, 1000).compression, Compression::Gzip);
        assert_eq!(open(&whole, 1000).text, HEADER);
        assert_eq!(open(&whole[..whole.len() - 4], 1000).compression, Compression::Broken);
        assert!(open(&whole, 5).too_long && open(b"#cloud-config", 5).too_long);
        assert_eq!(open(&[0x1F, 0x8B, 0], 1000).compression, Compression::BadHeader);
    }

    #[test]
    fn text_has_the_length_of_the_bytes() {
        let envelope = open(b"a\xff\xfe\xc3b", 1000);
        assert_eq!(envelope.text, "a???b");
    }
}
