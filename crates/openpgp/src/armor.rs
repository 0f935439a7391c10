//! ASCII armor: text around binary packets, with a label and a checksum.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the armor says that it holds, as in `-----BEGIN PGP SIGNATURE-----`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Signature,
    PublicKey,
    PrivateKey,
    /// A text with its signature below, in one file.
    ClearSigned,
    Message,
    Other,
}

/// One armored part of a file.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) label: Label,
    /// The packets, or why they cannot be read.
    pub(crate) packets: Result<Vec<u8>, String>,
}

const BEGIN: &str = "-----BEGIN PGP ";
const LABELS: [(&str, Label); 6] = [
    ("SIGNATURE-----", Label::Signature),
    ("PUBLIC KEY BLOCK-----", Label::PublicKey),
    ("PRIVATE KEY BLOCK-----", Label::PrivateKey),
    ("SIGNED MESSAGE-----", Label::ClearSigned),
    ("MESSAGE-----", Label::Message),
    ("SECRET KEY BLOCK-----", Label::PrivateKey),
];

/// The armored parts of a file, and whether anything but blank lines stands around them. None when it has none.
pub(crate) fn blocks(bytes: &[u8]) -> Option<(Vec<Block>, bool)> {
    // Binary packets begin with a byte that is not ASCII. What is neither must not be searched as text: an image may be.
    if bytes.first().is_some_and(|first| first & 0x80 != 0 && !bytes.starts_with("\u{FEFF}".as_bytes())) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().map(|line| line.trim_start_matches('\u{FEFF}').trim_end());
    let (mut blocks, mut rubbish) = (Vec::new(), false);
    while let Some(line) = lines.next() {
        match line.strip_prefix(BEGIN) {
            Some(rest) => {
                let known = LABELS.iter().find(|(words, _)| *words == rest);
                let label = known.map_or(Label::Other, |(_, label)| *label);
                let packets = if label == Label::ClearSigned { Ok(Vec::new()) } else { decode(&mut lines) };
                blocks.push(Block { label, packets });
                // The text that is signed follows, and means nothing here.
                if label == Label::ClearSigned {
                    break;
                }
            }
            None => rubbish |= !line.is_empty(),
        }
    }
    (!blocks.is_empty()).then_some((blocks, rubbish))
}

/// Reads up to the end line.
fn decode<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<Vec<u8>, String> {
    let (mut body, mut checksum, mut in_headers) = (String::new(), None, true);
    for line in lines {
        if line.starts_with("-----END PGP ") {
            let packets = STANDARD.decode(&body).map_err(|error| format!("its armor is damaged: {error}"))?;
            return match checksum {
                Some(sum) if sum != crc24(&packets) => {
                    Err("the checksum of its armor does not match".to_owned())
                }
                _ => Ok(packets),
            };
        }
        if in_headers {
            // Headers end with a blank line; some writers leave both out.
            in_headers = line.contains(": ");
            if in_headers || line.is_empty() {
                continue;
            }
        }
        match line.strip_prefix('=').filter(|sum| sum.len() == 4) {
            Some(sum) => checksum = Some(checksum_of(sum)?),
            None if checksum.is_some() && !line.is_empty() => {
                return Err("its armor continues after the checksum".to_owned());
            }
            None => body.push_str(line),
        }
    }
    Err("its armor has no end: the file is truncated".to_owned())
}

fn checksum_of(text: &str) -> Result<u32, String> {
    let bytes =
        STANDARD.decode(text).map_err(|error| format!("the checksum of its armor is damaged: {error}"))?;
    Ok(bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn crc24(bytes: &[u8]) -> u32 {
    crc::Crc::<u32>::new(&crc::CRC_24_OPENPGP).checksum(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str =
        "-----BEGIN PGP SIGNATURE-----\nComment: none\n\nAQID\n=Bf6Y\n-----END PGP SIGNATURE-----\n";

    fn one(text: &str) -> Result<Vec<u8>, String> {
        let (mut blocks, _) = blocks(text.as_bytes()).expect("armor");
        blocks.remove(0).packets
    }

    #[test]
    fn armor_is_taken_off() {
        let sum = crc24(&[1, 2, 3]);
        let sum = STANDARD.encode(&sum.to_be_bytes()[1..]);
        let good = BLOCK.replace("Bf6Y", &sum);
        assert_eq!(one(&good), Ok(vec![1, 2, 3]));
        assert_eq!(one(&good.replace('\n', "\r\n")), Ok(vec![1, 2, 3]));
        assert_eq!(one(&good.replace("Comment: none\n\n", "")), Ok(vec![1, 2, 3]));
        assert!(one(&good.replace("AQID", "AQIE")).is_err_and(|words| words.contains("checksum")));
        assert!(one(&good.replace("AQID", "A*ID")).is_err_and(|words| words.contains("damaged")));
        assert!(one(&good[..52]).is_err_and(|words| words.contains("truncated")));
    }

    #[test]
    fn text_around_it_is_noticed() {
        let (found, rubbish) = blocks(format!("hello\n{BLOCK}\n{BLOCK}").as_bytes()).expect("armor");
        assert_eq!((found.len(), rubbish), (2, true));
        assert!(blocks(b"no armor").is_none());
        assert!(blocks(&[0x89, 1, 2]).is_none());
    }
}
