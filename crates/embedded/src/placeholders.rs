//! What a shell, make or Ruby fill in.

use dryboot_text::{Builder, SourceMap, Span};

/// A text after its escapes, with the places that are filled in.
pub(crate) struct Expanded {
    pub(crate) text: String,
    /// The way back to the text before.
    pub(crate) map: SourceMap,
    pub(crate) places: Vec<Span>,
}

/// A language with words that are filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// `$name`, `${…}`, `$(…)` and backticks; a backslash takes the meaning from `$`, a backtick and itself, and joins lines.
    Shell,
    /// `$(…)`, `${…}`; `$$` is `$`.
    Make,
    /// `#{…}`.
    Ruby,
}

impl Language {
    /// How long what is filled in is at the start of a text; 0 for nothing.
    fn expansion(self, rest: &str) -> usize {
        match self {
            Self::Shell => match rest.as_bytes() {
                [b'$', b'{', ..] => bracketed(rest, 1, b'{', b'}'),
                [b'$', b'(', ..] => bracketed(rest, 1, b'(', b')'),
                [b'$', next, ..] if next.is_ascii_alphabetic() || *next == b'_' => {
                    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                    1 + rest.bytes().skip(1).take_while(|byte| is_word(*byte)).count()
                }
                [b'$', next, ..] if next.is_ascii_digit() || b"@*#?!-$".contains(next) => 2,
                [b'`', ..] => rest[1..].find('`').map_or(0, |end| end + 2),
                _ => 0,
            },
            Self::Make => match rest.as_bytes() {
                [b'$', b'{', ..] => bracketed(rest, 1, b'{', b'}'),
                [b'$', b'(', ..] => bracketed(rest, 1, b'(', b')'),
                _ => 0,
            },
            Self::Ruby if rest.starts_with("#{") => bracketed(rest, 1, b'{', b'}'),
            Self::Ruby => 0,
        }
    }

    /// Whether the first of two bytes is an escape that does not stay.
    fn escapes(self, rest: &str) -> bool {
        match self {
            Self::Shell => matches!(rest.as_bytes(), [b'\\', b'$' | b'`' | b'\\', ..]),
            Self::Make => rest.starts_with("$$"),
            Self::Ruby => rest.starts_with("\\#") || rest.starts_with("\\\\"),
        }
    }
}

/// How far it is to behind the closing bracket; 0 if there is none.
fn bracketed(rest: &str, from: usize, open: u8, close: u8) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().skip(from) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    0
}

/// Takes out escapes and finds what is filled in.
pub(crate) fn expand(text: &str, language: Language) -> Expanded {
    let (mut made, mut map, mut places) = (String::with_capacity(text.len()), Builder::default(), Vec::new());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if language == Language::Shell && rest.starts_with("\\\n") {
            at += 2;
            continue;
        }
        let skipped = usize::from(language.escapes(rest));
        let filled = if skipped == 0 { language.expansion(rest) } else { 0 };
        let length = match (skipped, filled) {
            (0, 0) => rest.chars().next().map_or(1, char::len_utf8),
            (0, filled) => filled,
            _ => 1,
        };
        let from = Span::new(at + skipped, at + skipped + length);
        if filled > 0 {
            places.push(Span::new(made.len(), made.len() + length));
        }
        made.push_str(from.slice(text));
        map.copy(from);
        at = from.end;
    }
    Expanded { text: made, map: map.finish(Span::new(0, text.len())), places }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_fills_in_what_is_not_escaped() {
        let text = "a: $b \\$c ${d:-{e\\}} $(f \"$(g)\") `h`\n";
        let found = expand(text, Language::Shell);
        assert_eq!(found.text, "a: $b $c ${d:-{e\\}} $(f \"$(g)\") `h`\n");
        let words: Vec<&str> = found.places.iter().map(|place| place.slice(&found.text)).collect();
        assert_eq!(words, ["$b", "${d:-{e\\}}", "$(f \"$(g)\")", "`h`"]);
        let at = found.text.find("$c").unwrap_or_default();
        assert_eq!(found.map.span(Span::new(at, at + 2)).slice(text), "$c");
    }

    #[test]
    fn make_doubles_its_sign() {
        let found = expand("a: $$HOME $(B)\n", Language::Make);
        assert_eq!((found.text.as_str(), found.places), ("a: $HOME $(B)\n", vec![Span::new(9, 13)]));
    }
}
