//! Byte offsets to UTF-16 offsets and back. A line break counts as one, however it is written: so editors count.

/// Where the two ways of counting drift apart in one text.
#[derive(Debug)]
pub struct Utf16Map {
    /// Byte offset behind each non-ASCII character and each carriage return of a line break, and by how much bytes are
    /// ahead from there on.
    steps: Vec<(usize, usize)>,
}

impl Utf16Map {
    /// Reads `text` once; a text in ASCII with plain line feeds costs no memory.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut steps = Vec::new();
        if !text.is_ascii() || text.contains('\r') {
            let mut ahead = 0;
            for (at, character) in text.char_indices().filter(|(_, c)| !c.is_ascii() || *c == '\r') {
                let behind = at + character.len_utf8();
                ahead += match character {
                    '\r' => usize::from(text[behind..].starts_with('\n')),
                    _ => character.len_utf8() - character.len_utf16(),
                };
                steps.push((behind, ahead));
            }
        }
        Self { steps }
    }

    /// The UTF-16 offset of a byte offset that lies between characters.
    #[must_use]
    pub fn to_utf16(&self, byte: usize) -> usize {
        let step = self.steps.partition_point(|&(at, _)| at <= byte);
        let ahead = step.checked_sub(1).map_or(0, |step| self.steps[step].1);
        byte - ahead
    }

    /// The byte offset of a UTF-16 offset, or of the character in the midst of which it lies.
    #[must_use]
    pub fn to_byte(&self, text: &str, utf16: usize) -> usize {
        let step = self.steps.partition_point(|&(at, ahead)| at - ahead <= utf16);
        let ahead = step.checked_sub(1).map_or(0, |step| self.steps[step].1);
        text.floor_char_boundary(utf16.saturating_add(ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_both_ways() {
        let text = "a: ä€\nb: 🚀 c\n";
        let map = Utf16Map::new(text);
        for (byte, _) in text.char_indices() {
            let expected = text[..byte].encode_utf16().count();
            let utf16 = map.to_utf16(byte);
            assert_eq!(utf16, expected, "byte {byte}");
            assert_eq!(map.to_byte(text, utf16), byte);
        }
    }

    #[test]
    fn a_line_break_counts_as_one() {
        let text = "a\r\nb\rc\r\n\r\nd";
        let map = Utf16Map::new(text);
        let shown = text.replace("\r\n", "\n");
        for (at, letter) in shown.match_indices(['a', 'b', 'c', 'd']) {
            let byte = text.find(letter).unwrap();
            assert_eq!(map.to_utf16(byte), at, "{letter}");
            assert_eq!(map.to_byte(text, at), byte, "{letter}");
        }
    }

    #[test]
    fn odd_offsets_fall_back_to_a_character() {
        let text = "🚀x";
        let map = Utf16Map::new(text);
        assert_eq!(map.to_byte(text, 1), 0);
        assert_eq!(map.to_byte(text, 99), text.len());
    }
}
