//! Base64 as Python decodes it.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// `base64.b64decode(…, validate=True)`: nothing but base64, without line breaks, and padded.
const STRICT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// What bytes stand for that are base64 throughout; none for all others, which is how platforms tell the two apart.
#[must_use]
pub fn strict(bytes: &[u8]) -> Option<Vec<u8>> {
    STRICT.decode(bytes).ok()
}

/// What a body in base64 comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// What is wrong with base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There are characters that base64 does not have; they are left out.
    Characters,
    /// The padding at the end is missing; it is read as if it were there.
    Padding,
    /// A character is missing or one too many: the body stays as it is.
    Length,
}

/// The body of a part of a message: Python's `email` makes the best of what it finds.
#[must_use]
pub fn body(bytes: &[u8]) -> Body {
    let packed: Vec<u8> = bytes.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    let missing = (4 - packed.len() % 4) % 4;
    let padded = [packed.as_slice(), &b"==="[..missing]].concat();
    if let Some(bytes) = strict(&padded) {
        let fault = (missing > 0).then_some(Fault::Padding);
        return Body { bytes, fault };
    }
    let (found, digits) = lenient(&packed);
    match digits % 4 {
        1 => Body { bytes: packed, fault: Some(Fault::Length) },
        _ => Body { bytes: found, fault: Some(Fault::Characters) },
    }
}

/// All digits up to the padding, and how many there are in the last group that was begun.
fn lenient(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut found = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut digits, mut pads, mut bits) = (0_usize, 0, 0_u32);
    for &byte in bytes {
        if byte == b'=' {
            pads += 1;
            if digits >= 2 && digits + pads >= 4 {
                return (found, 0);
            }
            continue;
        }
        let Some(value) = digit(byte) else { continue };
        pads = 0;
        bits = bits << 6 | u32::from(value);
        digits = (digits + 1) % 4;
        if digits != 1 {
            let shift = [0, 0, 4, 2][digits];
            #[expect(clippy::cast_possible_truncation, reason = "the low byte is meant")]
            found.push((bits >> shift) as u8);
        }
    }
    (found, digits)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_base64_throughout_is_strictly_base64() {
        assert_eq!(strict(b"aGk="), Some(b"hi".to_vec()));
        assert_eq!(strict(b""), Some(Vec::new()));
        for other in [&b"aGk=\n"[..], b"aGk", b"aG k", b"#cloud-config", b"aGk=aGk="] {
            assert_eq!(strict(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_body_is_decoded_as_far_as_it_goes() {
        let decoded = |bytes: &[u8]| {
            let body = body(bytes);
            (String::from_utf8_lossy(&body.bytes).into_owned(), body.fault)
        };
        assert_eq!(decoded(b"aGVs\r\nbG8=\n"), ("hello".to_owned(), None));
        assert_eq!(decoded(b"aGk"), ("hi".to_owned(), Some(Fault::Padding)));
        assert_eq!(decoded(b"aG\tk="), ("hi".to_owned(), Some(Fault::Characters)));
        assert_eq!(decoded(b"aGk=!!junk"), ("hi".to_owned(), Some(Fault::Characters)));
        assert_eq!(decoded(b"aGkab"), ("aGkab".to_owned(), Some(Fault::Length)));
    }
}
