//! Command lines, cut into words as systemd does (`systemd.service(5)`, "Command lines").

/// A word of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the value.
    pub start: usize,
    /// Where it ends, behind its quotes.
    pub end: usize,
    /// Its text, without quotes; escapes other than of quotes and backslashes are left as they are.
    pub text: String,
    /// Whether any of it is in quotes, or escaped.
    pub quoted: bool,
}

/// The words of a value; with the place of a quotation mark that is not closed.
#[must_use]
pub fn split(value: &str) -> (Vec<Word>, Option<usize>) {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote: Option<(usize, char)> = None;
    let mut chars = value.char_indices();
    while let Some((at, char)) = chars.next() {
        if quote.is_none() && char.is_ascii_whitespace() {
            words.extend(word.take());
            continue;
        }
        let open =
            word.get_or_insert_with(|| Word { start: at, end: at, text: String::new(), quoted: false });
        open.end = at + char.len_utf8();
        match (char, quote) {
            ('\\', _) => {
                open.quoted = true;
                if let Some((at, escaped)) = chars.next() {
                    open.end = at + escaped.len_utf8();
                    if !matches!(escaped, '\\' | '"' | '\'' | ';') {
                        open.text.push('\\');
                    }
                    open.text.push(escaped);
                }
            }
            (char, Some((_, end))) if char == end => quote = None,
            ('"' | '\'', None) => {
                open.quoted = true;
                quote = Some((at, char));
            }
            _ => open.text.push(char),
        }
    }
    words.extend(word);
    (words, quote.map(|(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        let value = r#"/bin/sh -c "a && b" x'y z' \; && "#;
        let (words, open) = split(value);
        let told: Vec<(&str, bool)> = words.iter().map(|word| (word.text.as_str(), word.quoted)).collect();
        assert_eq!(
            told,
            [("/bin/sh", false), ("-c", false), ("a && b", true), ("xy z", true), (";", true), ("&&", false)]
        );
        assert_eq!(&value[words[2].start..words[2].end], r#""a && b""#);
        assert_eq!(open, None);
        assert_eq!(split("/bin/echo 'a").1, Some(10));
    }
}
