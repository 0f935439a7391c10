//! The gzip format (RFC 1952) around miniz_oxide's inflate: what is inflated stays, whatever
//! happens after it, as in Go's reader.
//!
//! flate2 would do the same for 25 KB more on the wire, most of it the tables of a faster checksum. One
//! table of 1 KB is fast enough not to count beside the inflating.

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The types by which cloud-init and Flatcar's coreos-cloudinit know a compressed part of a message.
pub const CONTENT_TYPES: [&str; 8] = [
    "application/gzip",
    "application/gzip-compressed",
    "application/gzipped",
    "application/x-compress",
    "application/x-compressed",
    "application/x-gunzip",
    "application/x-gzip",
    "application/x-gzip-compressed",
];

/// The two bytes that every gzip stream begins with.
pub const MAGIC: [u8; 2] = [0x1F, 0x8B];

/// The output grows by this much at first, and doubles then.
const FIRST_PIECE: usize = 4 << 10;

static CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// What a gzip stream holds.
#[derive(Clone, Debug)]
pub struct Gunzipped {
    /// The bytes that could be inflated.
    pub bytes: Vec<u8>,
    /// Whether every member is whole, its checksum right, and nothing else follows.
    pub whole: bool,
    /// Whether nothing but zeros follows the last member, which is whole: Python's reader takes that for padding.
    pub padded: bool,
}

/// Whether the first header is good, so that there is something to inflate.
#[must_use]
pub fn has_header(bytes: &[u8]) -> bool {
    after_header(bytes).is_some()
}

/// Inflates all members, up to one byte more than `limit`; none without a good first header.
#[must_use]
pub fn gunzip(bytes: &[u8], limit: usize) -> Option<Gunzipped> {
    let mut rest = after_header(bytes)?;
    let mut inflated = Vec::new();
    let mut decompressor = Box::<DecompressorOxide>::default();
    loop {
        let member_start = inflated.len();
        decompressor.init();
        let Some(consumed) = inflate(&mut decompressor, rest, &mut inflated, limit) else { break };
        let member = &inflated[member_start..];
        let Some((trailer, more)) = rest[consumed..].split_first_chunk::<8>() else { break };
        if *trailer != trailer_of(member) {
            break;
        }
        if more.is_empty() {
            return Some(Gunzipped { bytes: inflated, whole: true, padded: false });
        }
        let Some(next) = after_header(more) else {
            let padded = more.iter().all(|&byte| byte == 0);
            return Some(Gunzipped { bytes: inflated, whole: false, padded });
        };
        rest = next;
    }
    Some(Gunzipped { bytes: inflated, whole: false, padded: false })
}

/// How long bytes are as one gzip member, compressed as well as it goes.
#[must_use]
pub fn gzipped_length(bytes: &[u8]) -> usize {
    const AROUND: usize = 18;
    const BEST: u8 = 9;
    miniz_oxide::deflate::compress_to_vec(bytes, BEST).len() + AROUND
}

/// Checksum and length of a member, both modulo 2³², as its last eight bytes have them.
fn trailer_of(member: &[u8]) -> [u8; 8] {
    let checksum = CHECKSUM.checksum(member);
    #[expect(clippy::cast_possible_truncation, reason = "the format wants the low 32 bits")]
    let length = member.len() as u32;
    let mut trailer = [0; 8];
    trailer[..4].copy_from_slice(&checksum.to_le_bytes());
    trailer[4..].copy_from_slice(&length.to_le_bytes());
    trailer
}

/// What follows a member's header.
fn after_header(bytes: &[u8]) -> Option<&[u8]> {
    const DEFLATE: u8 = 8;
    const HEADER_CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let (header, mut rest) = bytes.split_first_chunk::<10>()?;
    if header[..2] != MAGIC || header[2] != DEFLATE {
        return None;
    }
    let flags = header[3];
    if flags & EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|&byte| byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HEADER_CHECKSUM != 0 { rest.get(2..) } else { Some(rest) }
}

/// Inflates one stream behind what `out` holds, and says how many bytes it took; none when it
/// breaks off or goes past the limit.
fn inflate(
    decompressor: &mut DecompressorOxide,
    input: &[u8],
    out: &mut Vec<u8>,
    limit: usize,
) -> Option<usize> {
    let start = out.len();
    let (mut consumed, mut written) = (0, 0);
    loop {
        let room = (written + FIRST_PIECE.max(written)).min(limit + 1 - start.min(limit));
        out.resize(start + room, 0);
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, wrote) =
            decompress(decompressor, &input[consumed..], &mut out[start..], written, flags);
        consumed += read;
        written += wrote;
        let is_full = status == TINFLStatus::HasMoreOutput && start + written <= limit;
        if !is_full {
            out.truncate(start + written);
            return (status == TINFLStatus::Done).then_some(consumed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf hi | gzip -n`
    const HI: [u8; 22] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0xC8, 0x04, 0x00, 0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0, 0];

    fn outcome(bytes: &[u8]) -> Option<(String, bool)> {
        let gunzipped = gunzip(bytes, 1000)?;
        Some((String::from_utf8(gunzipped.bytes).expect("text"), gunzipped.whole))
    }

    #[test]
    fn whole_streams_and_their_faults_are_told_apart() {
        let whole = |text: &str| Some((text.to_owned(), true));
        let broken = |text: &str| Some((text.to_owned(), false));
        assert_eq!(outcome(&HI), whole("hi"));
        assert_eq!(outcome(&[HI, HI].concat()), whole("hihi"));
        assert_eq!(outcome(&HI[..HI.len() - 3]), broken("hi"));
        assert_eq!(outcome(&[&HI[..], b"junk"].concat()), broken("hi"));
        let mut wrong_checksum = HI;
        wrong_checksum[14] ^= 1;
        assert_eq!(outcome(&wrong_checksum), broken("hi"));
        assert!(gunzip(&[&HI[..], &[0, 0]].concat(), 1000).is_some_and(|found| found.padded && !found.whole));
        assert_eq!(outcome(&HI[..8]), None);
        assert_eq!(outcome(b"\x1f\x8b\x07\0\0\0\0\0\0\0"), None);
    }

    #[test]
    fn optional_fields_of_the_header_are_skipped() {
        let mut named = HI.to_vec();
        named[3] = 4 | 8 | 16 | 2;
        named.splice(10..10, *b"\x02\0xxname\0comment\0hc");
        assert_eq!(outcome(&named), Some(("hi".to_owned(), true)));
    }

    #[test]
    fn inflating_ends_right_behind_the_limit() {
        let long = vec![b'a'; 200_000];
        let mut bytes = HI[..10].to_vec();
        bytes.extend(miniz_oxide::deflate::compress_to_vec(&long, 6));
        bytes.extend(trailer_of(&long));
        let inflated = |limit| gunzip(&bytes, limit).map(|found| (found.bytes.len(), found.whole));
        assert_eq!(inflated(200_000), Some((200_000, true)));
        assert_eq!(inflated(199_999), Some((200_000, true)));
        assert_eq!(inflated(70_000), Some((70_001, false)));
        assert_eq!(inflated(0), Some((1, false)));
    }
}
