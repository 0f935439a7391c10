//! `!!binary`.

use super::repr::escape;
use super::scalar::Refusal;

/// `construct_yaml_binary`: Python passes by what is not of the alphabet, and reads nothing behind the padding.
pub(super) fn construct(text: &str) -> Result<Vec<u8>, Refusal> {
    if let Some(message) = not_ascii(text) {
        return Err(Refusal::Error(format!("failed to convert base64 data into ascii: {message}")));
    }
    decode(text).map_err(|message| Refusal::Error(format!("failed to decode base64 data: {message}")))
}

/// `str` of Python's `UnicodeEncodeError`.
fn not_ascii(text: &str) -> Option<String> {
    let start = text.chars().position(|char| !char.is_ascii())?;
    let run: Vec<char> = text.chars().skip(start).take_while(|char| !char.is_ascii()).collect();
    let what = match run[..] {
        [char] => {
            let mut shown = String::new();
            escape(char, &mut shown);
            format!("character '{shown}' in position {start}")
        }
        _ => format!("characters in position {start}-{}", start + run.len() - 1),
    };
    Some(format!("'ascii' codec can't encode {what}: ordinal not in range(128)"))
}

/// `binascii.a2b_base64`.
fn decode(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut place = 0;
    let mut left = 0;
    let mut pads = 0;
    for byte in text.bytes() {
        if byte == b'=' {
            if place >= 2 {
                pads += 1;
                if place + pads >= 4 {
                    return Ok(bytes);
                }
            }
            continue;
        }
        let Some(value) = value(byte) else { continue };
        pads = 0;
        match place {
            0 => left = value,
            1 => {
                bytes.push(left << 2 | value >> 4);
                left = value & 0x0F;
            }
            2 => {
                bytes.push(left << 4 | value >> 2);
                left = value & 0x03;
            }
            _ => bytes.push(left << 6 | value),
        }
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(bytes),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            bytes.len() / 3 * 4 + 1
        )),
        _ => Err("Incorrect padding".to_owned()),
    }
}

fn value(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
