//! Quoted-printable: `=3D` for a byte, `=` at the end of a line that goes on.

use dryboot_text::{Builder, SourceMap, Span};

/// In what the decoders differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// `mime/quotedprintable` of Go; what does not follow its rules stays as it is.
    Go,
    /// `binascii.a2b_qp` of Python.
    Python,
}

/// Decodes a body. The map leads back to it.
#[must_use]
pub fn decode(body: &[u8], decoder: Decoder) -> (Vec<u8>, SourceMap) {
    let mut decoded = Vec::with_capacity(body.len());
    let mut map = Builder::default();
    let mut at = 0;
    while at < body.len() {
        let plain = body[at..].iter().take_while(|&&byte| byte != b'=').count();
        decoded.extend_from_slice(&body[at..at + plain]);
        map.copy(Span::new(at, at + plain));
        at += plain;
        let Some(escape) = body.get(at..).filter(|rest| !rest.is_empty()) else { break };
        let (length, byte) = escaped(&escape[1..], decoder);
        decoded.extend(byte);
        map.make(Span::new(at, at + 1 + length), usize::from(byte.is_some()));
        at += 1 + length;
    }
    (decoded, map.finish(Span::new(0, body.len())))
}

/// What follows an equals sign: how many bytes belong to it, and the byte that they stand for.
fn escaped(after: &[u8], decoder: Decoder) -> (usize, Option<u8>) {
    let hex = after.get(..2).and_then(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?));
    let line_end = || after.iter().position(|&byte| byte == b'\n').map_or(after.len(), |at| at + 1);
    match (decoder, after) {
        (Decoder::Python, [] | [b'\n' | b'\r', ..]) => (line_end(), None),
        (Decoder::Python, [b'=', ..]) => (1, Some(b'=')),
        (Decoder::Go, [b'\n', ..] | [b'\r', b'\n', ..]) => (line_end(), None),
        _ => match hex {
            Some(byte) => (2, Some(byte)),
            None => (0, Some(b'=')),
        },
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str, decoder: Decoder) -> String {
        String::from_utf8(decode(body.as_bytes(), decoder).0).expect("text")
    }

    #[test]
    fn escapes_and_soft_line_breaks_are_taken_out() {
        for decoder in [Decoder::Go, Decoder::Python] {
            assert_eq!(text("a=3Db=\r\nc=\nd=zz", decoder), "a=bcd=zz");
            assert_eq!(text("=C3=A4", decoder), "ä");
        }
        assert_eq!(text("a==b=", Decoder::Python), "a=b");
        assert_eq!(text("a==3D=", Decoder::Go), "a===");
    }

    #[test]
    fn places_lead_back_to_the_body() {
        let (_, map) = decode(b"a: =3D=\nb=C3=A4c", Decoder::Python);
        assert_eq!(map.span(Span::new(3, 4)), Span::new(3, 6));
        assert_eq!(map.span(Span::new(4, 5)), Span::new(8, 9));
        assert_eq!(map.span(Span::new(5, 7)), Span::new(9, 15));
        assert_eq!(map.span(Span::new(7, 8)), Span::new(15, 16));
    }
}
