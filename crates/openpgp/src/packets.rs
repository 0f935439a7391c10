//! The outermost layer of OpenPGP: a file is a row of packets, each with a tag and a length.
//!
//! Sequoia reads what is in them. Where one ends is decided here, so that nothing before, between or behind them goes
//! unnoticed.

use sequoia_openpgp::Packet;
use sequoia_openpgp::parse::{Dearmor, PacketParserBuilder, PacketParserResult, Parse};

/// One packet, as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raw<'a> {
    pub(crate) tag: u8,
    /// With its header.
    pub(crate) bytes: &'a [u8],
}

pub(crate) const SIGNATURE: u8 = 2;
pub(crate) const ONE_PASS_SIGNATURE: u8 = 4;
pub(crate) const SECRET_KEY: u8 = 5;
pub(crate) const PUBLIC_KEY: u8 = 6;
pub(crate) const SECRET_SUBKEY: u8 = 7;
pub(crate) const COMPRESSED: u8 = 8;
pub(crate) const MARKER: u8 = 10;
pub(crate) const LITERAL: u8 = 11;
pub(crate) const TRUST: u8 = 12;
pub(crate) const USER_ID: u8 = 13;
pub(crate) const PUBLIC_SUBKEY: u8 = 14;
pub(crate) const USER_ATTRIBUTE: u8 = 17;

/// The packets of a file, and what follows the last of them: where it begins, and why it is none.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) packets: Vec<Raw<'a>>,
    pub(crate) rest: Option<(usize, &'static str)>,
}

/// Splits a file into its packets; none when there are more than `limit`.
pub(crate) fn row(bytes: &[u8], limit: usize) -> Option<Row<'_>> {
    let (mut packets, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match first(&bytes[at..]) {
            Ok(_) if packets.len() == limit => return None,
            Ok((tag, length)) => {
                packets.push(Raw { tag, bytes: &bytes[at..at + length] });
                at += length;
            }
            Err(reason) => return Some(Row { packets, rest: Some((at, reason)) }),
        }
    }
    Some(Row { packets, rest: None })
}

const CUT_OFF: &str = "the last packet is truncated";

/// Why there are no packets at all in a file of another kind.
pub(crate) const NO_PACKET: &str = "there is no packet at this position";

/// The tag of a packet that begins with this byte; none when no packet does.
pub(crate) fn tag(head: u8) -> Option<u8> {
    let tag = if head & 0x40 != 0 { head & 0x3F } else { head >> 2 & 0x0F };
    (head & 0x80 != 0 && tag != 0).then_some(tag)
}

/// The tag of the first packet, and its length with the header.
fn first(bytes: &[u8]) -> Result<(u8, usize), &'static str> {
    let (tag, header, body) = header(bytes)?;
    let length = usize::saturating_add(header, body);
    if length > bytes.len() { Err(CUT_OFF) } else { Ok((tag, length)) }
}

/// The tag of the first packet, the length of its header, and that of its body, which may be cut off.
pub(crate) fn header(bytes: &[u8]) -> Result<(u8, usize, usize), &'static str> {
    let byte = |at: usize| bytes.get(at).map(|byte| usize::from(*byte)).ok_or(CUT_OFF);
    let number = |from: usize, count: usize| {
        (from..from + count).try_fold(0, |sum, at| Ok::<_, &str>(sum << 8 | byte(at)?))
    };
    let head = byte(0)?;
    let tag = tag(bytes[0]).ok_or(NO_PACKET)?;
    if head & 0x40 != 0 {
        let (size, body) = match byte(1)? {
            short @ 0..=191 => (1, short),
            long @ 192..=223 => (2, ((long - 192) << 8) + byte(2)? + 192),
            255 => (5, number(2, 4)?),
            _ => return Err("there is a packet with partial lengths, which keys and signatures do not have"),
        };
        Ok((tag, 1 + size, body))
    } else {
        let size = match head & 3 {
            0 => 1,
            1 => 2,
            2 => 4,
            _ => return Err("there is a packet without a length, which keys and signatures do not have"),
        };
        Ok((tag, 1 + size, number(1, size)?))
    }
}

impl Raw<'_> {
    /// What is in the packet.
    pub(crate) fn read(&self) -> Result<Packet, String> {
        let words = |error: sequoia_openpgp::anyhow::Error| format!("{error:#}");
        let parser = PacketParserBuilder::from_bytes(self.bytes)
            .map(|builder| builder.dearmor(Dearmor::Disabled))
            .and_then(PacketParserBuilder::build)
            .map_err(words)?;
        let PacketParserResult::Some(parser) = parser else { return Err("the packet is empty".to_owned()) };
        match parser.next().map_err(words)?.0 {
            Packet::Unknown(unknown) => Err(format!("{:#}", unknown.error())),
            packet => Ok(packet),
        }
    }
}

/// What a file is that is neither keys nor signatures, in words; none when nothing is known.
pub(crate) fn describe(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 12] = [
        (b"BZh", "a file compressed by bzip2"),
        (&[0x1F, 0x8B], "a file compressed by gzip"),
        (&[0xFD, b'7', b'z', b'X', b'Z'], "a file compressed by xz"),
        (&[0x28, 0xB5, 0x2F, 0xFD], "a file compressed by zstd"),
        (b"QFI\xFB", "a QEMU disk image"),
        (b"\x7FELF", "a program"),
        (b"MZ", "a program"),
        (b"<!DOCTYPE", "a web page"),
        (b"<!doctype", "a web page"),
        (b"<html", "a web page"),
        (b"<?xml", "an XML file"),
        (b"#cloud-config", "a cloud-config"),
    ];
    SIGNS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(bytes: &[u8]) -> (Vec<u8>, Option<usize>) {
        let row = row(bytes, 2).expect("a few packets");
        (row.packets.iter().map(|packet| packet.tag).collect(), row.rest.map(|(at, _)| at))
    }

    #[test]
    fn a_file_is_split_into_packets() {
        assert_eq!(tags(&[0x88, 1, 0, 0xC2, 2, 0, 0]), (vec![2, 2], None));
        assert_eq!(tags(&[0x99, 0, 1, 7]), (vec![6], None));
        let mut long = vec![0xCD, 192, 8];
        long.resize(3 + 200, 0);
        assert_eq!(tags(&long), (vec![13], None));
        assert_eq!(tags(&[0xCD, 255, 0, 0, 0, 1, 9]), (vec![13], None));
    }

    #[test]
    fn what_follows_is_noticed() {
        assert_eq!(tags(&[0x88, 1, 0, b'x']), (vec![2], Some(3)));
        assert_eq!(tags(&[0x88, 9, 0]), (vec![], Some(0)));
        assert_eq!(tags(&[0x88]), (vec![], Some(0)));
        assert_eq!(tags(&[0x8B, 0]), (vec![], Some(0)));
        assert_eq!(tags(&[0xC2, 224, 0]), (vec![], Some(0)));
        assert_eq!(tags(&[0xC2, 255, 255, 255, 255, 255]), (vec![], Some(0)));
        assert_eq!(tags(&[]), (vec![], None));
    }

    #[test]
    fn more_than_the_limit_are_refused() {
        assert!(row(&[0x88, 0, 0x88, 0, 0x88, 0], 2).is_none());
        assert!(row(&[0x88, 0, 0x88, 0, 0x88, 0], 3).is_some());
    }
}
