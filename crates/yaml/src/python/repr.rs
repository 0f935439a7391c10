//! How Python shows a string.

use std::fmt::Write as _;

/// `repr(text)`.
#[must_use]
pub fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut shown = String::with_capacity(text.len() + 2);
    shown.push(quote);
    for char in text.chars() {
        match char {
            '\\' => shown.push_str("\\\\"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if char == quote => {
                shown.push('\\');
                shown.push(char);
            }
            _ if is_printable(char) => shown.push(char),
            _ => escape(char, &mut shown),
        }
    }
    shown.push(quote);
    shown
}

/// The character as `\x…`, `\u…` or `\U…`.
pub(super) fn escape(char: char, shown: &mut String) {
    let code = u32::from(char);
    let _ = match code {
        0..=0xFF => write!(shown, "\\x{code:02x}"),
        0x100..=0xFFFF => write!(shown, "\\u{code:04x}"),
        _ => write!(shown, "\\U{code:08x}"),
    };
}

/// `str.isprintable`. The standard library of Rust escapes the same categories, but at the start of a string also what
/// combines with the character before it.
fn is_printable(char: char) -> bool {
    let mut text = String::from("a");
    text.push(char);
    char == '"' || char == '\'' || text.escape_debug().nth(1) == Some(char)
}

#[cfg(test)]
mod tests {
    use super::repr;

    #[test]
    fn strings_are_shown_as_python_shows_them() {
        for (text, shown) in [
            ("a", "'a'"),
            ("'", "\"'\""),
            ("'\"", "'\\'\"'"),
            ("\\\t\0\u{7f}", r"'\\\t\x00\x7f'"),
            ("ä\u{A0}\u{AD}", r"'ä\xa0\xad'"),
            ("\u{FEFF}\u{2028}\u{301}", "'\\ufeff\\u2028\u{301}'"),
            ("😀\u{E0001}", r"'😀\U000e0001'"),
        ] {
            assert_eq!(repr(text), shown);
        }
    }
}
