//! Text of others, fit for a terminal.

/// With everything escaped that could move the cursor, hide text or turn its direction.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let hides = c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
        if hides {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(printable("Zoë <z@example.org>"), "Zoë <z@example.org>");
        assert_eq!(printable("a\u{1b}[2Jb\n\u{202E}c"), "a\\u{1b}[2Jb\\u{a}\\u{202e}c");
    }
}
