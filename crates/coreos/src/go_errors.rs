//! Words of Go's decoders, which appear in messages of the programs.

/// Why Go's standard base64 refuses a text: it names the byte at which it noticed.
#[must_use]
pub fn base64_error(text: &[u8]) -> String {
    format!("illegal base64 data at input byte {}", base64_fault(text))
}

fn base64_fault(text: &[u8]) -> usize {
    let is_break = |byte: u8| matches!(byte, b'\r' | b'\n');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut digits = 0;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            byte if is_break(byte) => {}
            byte if is_digit(byte) => digits = (digits + 1) % 4,
            b'=' if digits >= 2 => {
                let skip =
                    |from: usize| from + text[from..].iter().take_while(|&&byte| is_break(byte)).count();
                let mut next = at + 1;
                if digits == 2 {
                    next = skip(next);
                    match text.get(next) {
                        None => return text.len(),
                        Some(b'=') => next += 1,
                        Some(_) => return next - 1,
                    }
                }
                return skip(next);
            }
            _ => return at,
        }
        at += 1;
    }
    // The text ends within a group of four; the fault is put where the group began.
    text.len() - digits
}

/// Why Go's gzip reader refuses what is not a gzip stream.
#[must_use]
pub fn gzip_error(bytes: &[u8]) -> &'static str {
    /// Shorter than this, the header cannot even be read.
    const HEADER: usize = 10;
    match bytes {
        [] => "EOF",
        [_, ..] if bytes.len() < HEADER => "unexpected EOF",
        [0x1F, 0x8B, 8, ..] => "unexpected EOF",
        _ => "gzip: invalid header",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_faults_are_where_go_notices_them() {
        for (text, at) in [
            ("***", 0),
            ("aGk", 0),
            ("aGVsbG8", 4),
            ("aG k=", 2),
            ("a===", 1),
            ("aG=k", 2),
            ("aG=", 3),
            ("aGk=x", 4),
            ("aG==\nx", 5),
            ("=", 0),
        ] {
            assert_eq!(base64_fault(text.as_bytes()), at, "{text:?}");
        }
    }
}
