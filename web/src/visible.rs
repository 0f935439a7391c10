//! Makes characters visible that would move, hide or turn the text around them: a name could read as another. What comes
//! before the app does the same in `web/js/visible.js`.

use std::borrow::Cow;

/// A text of one line with each such character written as `\u{202e}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

/// A text of several lines, likewise: line breaks and tabs stay.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |char| is_hidden(char) && !matches!(char, '\n' | '\t'))
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn escaped(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    // What is plain is most of what there is.
    if text.bytes().all(|byte| (b' '..0x7F).contains(&byte)) || !text.contains(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if is_hidden(char) {
            shown.extend(char.escape_unicode());
        } else {
            shown.push(char);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_lines};

    #[test]
    fn nothing_turns_or_hides_the_text_around_it() {
        for (text, shown) in [
            ("gpj\u{202E}fdp.exe", "gpj\\u{202e}fdp.exe"),
            ("a\u{0}\u{1b}[2Jb\u{9b}", "a\\u{0}\\u{1b}[2Jb\\u{9b}"),
            ("a\u{2066}b\u{2069}\u{61C}\u{200B}", "a\\u{2066}b\\u{2069}\\u{61c}\\u{200b}"),
            ("a\nb\t", "a\\u{a}b\\u{9}"),
            ("Zoë 🚀 日本", "Zoë 🚀 日本"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\n\tb\r\n\u{202E}"), "a\n\tb\\u{d}\n\\u{202e}");
    }
}
