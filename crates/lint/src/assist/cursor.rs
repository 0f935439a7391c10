//! Where an offset is in a YAML text that is being written.
//!
//! A text that somebody is typing seldom parses. So this reads lines, indentation and brackets alone, and gives up where
//! they do not tell: inside of strings, block scalars and comments.

use dryboot_yaml::Span;

use super::block::Reader;

/// Where an offset is in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor<'t> {
    /// The way from the top level to the mapping, list or value that the word belongs to.
    pub path: Vec<Level<'t>>,
    /// What can be written here.
    pub place: Place,
    /// The word that is there; empty where there is none yet.
    pub word: Span,
    /// The other entries of the mapping that a key here belongs to.
    pub entries: Vec<Entry<'t>>,
    /// Whether brackets and not lines structure the text here.
    pub in_flow: bool,
}

/// One step on the way from the top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level<'t> {
    /// The key of a mapping; none for an item of a list.
    pub key: Option<&'t str>,
    /// The entries of the same mapping that are written before.
    pub entries: Vec<Entry<'t>>,
}

/// An entry of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The key.
    pub key: &'t str,
    /// The value, if it is written on the same line and is no collection.
    pub value: Option<&'t str>,
}

/// What can be written at an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key that has its colon.
    Key,
    /// A further key of the mapping at the path.
    NewKey,
    /// A further item of the list at the path, whose dash is missing.
    NewItem,
    /// The value at the path where it may be a collection: after a dash, or on a line of its own below its key.
    Start {
        /// Whether it is on a line of its own, where a list begins with a dash.
        on_own_line: bool,
        /// Whether a space is missing before it.
        needs_blank: bool,
    },
    /// The value at the path where it is on the line of its key, or in brackets.
    Value {
        /// Whether a space is missing before it.
        needs_blank: bool,
    },
}

impl Place {
    /// Whether a space is missing before what is inserted.
    #[must_use]
    pub fn needs_blank(self) -> bool {
        matches!(self, Self::Start { needs_blank: true, .. } | Self::Value { needs_blank: true })
    }
}

impl<'t> Cursor<'t> {
    /// Where `offset` is; none where nothing can be said.
    #[must_use]
    pub fn at(text: &'t str, offset: usize) -> Option<Self> {
        let before = text.get(..offset)?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let mut reader = Reader::new(text, offset);
        let mut start = 0;
        for length in before[..line].split_inclusive('\n').map(str::len) {
            // What the offset is in can only be on its own line.
            let _ = reader.line(start);
            start += length;
        }
        reader.line(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor at the `|`: its path with the word, the place, and the other keys.
    fn at(text: &str) -> String {
        // Block scalars begin with the same character.
        let offset = text.rfind('|').expect("a cursor");
        let text = format!("{}{}", &text[..offset], &text[offset + 1..]);
        let Some(cursor) = Cursor::at(&text, offset) else { return "nothing".to_owned() };
        let path: Vec<&str> = cursor.path.iter().map(|level| level.key.unwrap_or("[]")).collect();
        let place = match cursor.place {
            Place::Key => "key",
            Place::NewKey => "new key",
            Place::NewItem => "new item",
            Place::Start { on_own_line: true, .. } => "start",
            Place::Start { needs_blank: true, .. } => "glued item",
            Place::Start { .. } => "item",
            Place::Value { needs_blank: true } => "glued value",
            Place::Value { .. } => "value",
        };
        let keys: Vec<&str> = cursor.entries.iter().map(|entry| entry.key).collect();
        let word = &text[cursor.word.start..cursor.word.end];
        let flow = if cursor.in_flow { " in flow" } else { "" };
        format!("{place} {word:?} at /{}{flow}, beside {}", path.join("/"), keys.join(" "))
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(at(text).trim_end_matches(", beside "), *expected, "{text}");
        }
    }

    #[test]
    fn keys_are_found_with_their_path_and_their_neighbours() {
        check(&[
            ("|", "new key \"\" at /"),
            ("#x\nho|st: a\nusers: []\n", "key \"host\" at /, beside users"),
            ("a: 1\nb|\nc: 2\n", "new key \"b\" at /, beside a c"),
            ("a:\n  b: 1\n  |\n  c: 2\nd: 3\n", "new key \"\" at /a, beside b c"),
            ("a:\n  b: 1\n|\n", "new key \"\" at /, beside a"),
            ("users:\n  - name: x\n    |\n", "new key \"\" at /users/[], beside name"),
            ("users:\n- name: x\n  s|\n- name: y\n  shell: z\n", "new key \"s\" at /users/[], beside name"),
            ("users:\n- name: x\n|\n", "new key \"\" at /, beside users"),
            ("users:\n- name: x\nho|\n", "new key \"ho\" at /, beside users"),
            ("a:\n  'b c': {d: 1}\n  e|f: 1\r\n", "key \"ef\" at /a, beside b c"),
            ("a:\n  - - b: 1\n      c|: 2\n", "key \"c\" at /a/[]/[], beside b"),
            ("---\na: 1\n---\nb|", "new key \"b\" at /"),
        ]);
    }

    #[test]
    fn values_and_items_are_found_where_they_begin() {
        check(&[
            ("a: |\n", "value \"\" at /a"),
            ("a:|\n", "glued value \"\" at /a"),
            ("a: tr|ue # x\n", "value \"true\" at /a"),
            ("a: !!str tr|\n", "value \"tr\" at /a"),
            ("a:\n  |\n", "start \"\" at /a"),
            ("a:\n  b|\n  c: 1\n", "start \"b\" at /a, beside c"),
            ("a:\n  - |\n", "item \"\" at /a/[]"),
            ("a:\n  -|\n", "glued item \"\" at /a/[]"),
            ("a:\n  - b|\n    c: 1\n", "item \"b\" at /a/[], beside c"),
            ("a:\n  - b\n  |\n", "new item \"\" at /a"),
            ("a:\n  - b\n  c|\n", "new item \"c\" at /a"),
            ("a:\n  -\n    |\n", "start \"\" at /a/[]"),
        ]);
    }

    #[test]
    fn brackets_are_read_across_lines() {
        check(&[
            ("a: {b|", "new key \"b\" at /a in flow"),
            ("a: {b: 1, |}", "new key \"\" at /a in flow, beside b"),
            ("a: {b: 1, c|: 2}", "key \"c\" at /a in flow, beside b"),
            ("a: {b: |}", "value \"\" at /a/b in flow"),
            ("a: [x, y|]", "value \"y\" at /a/[] in flow"),
            ("a: [\n  {b: 1},\n  {|\n", "new key \"\" at /a/[] in flow"),
            ("a: {b: [x], 'c': {d: e|}}", "value \"e\" at /a/c/d in flow"),
            ("a: [x]\nb|", "new key \"b\" at /, beside a"),
            ("- {a: |", "value \"\" at /[]/a in flow"),
        ]);
    }

    #[test]
    fn nothing_is_found_in_strings_comments_and_what_does_not_fit() {
        for text in [
            "# a|",
            "a: b # c|",
            "a: >\n  b|\n",
            "a: |-\n  b: 1\n  |\n",
            "a: |-\n  b: 1\n|\n  c",
            "a: 'b|",
            "a: \"b\n  c|\"\n",
            "a: b\n  c|\n",
            "a:\n  b: 1\n |\n",
            "  | a: 1\n",
            "a: [\"b|\"]",
            "a: [b # c|",
        ] {
            assert_eq!(at(text), "nothing", "{text}");
        }
        assert_eq!(at("a: |-\n  b: 1\n|\nc:"), "new key \"\" at /, beside a c");
    }

    #[test]
    fn a_value_that_is_known_stands_beside_its_key() {
        let text = "- type: bond\n  name: \"x\"\n  params:\n    ";
        let cursor = Cursor::at(text, text.len()).expect("a place");
        let item = &cursor.path[1];
        assert_eq!(item.key, Some("params"));
        let entry = |key, value| Entry { key, value };
        assert_eq!(item.entries, [entry("type", Some("bond")), entry("name", Some("x"))]);
    }

    /// Texts of pieces that mean something to the reader, in every order: none panics, and what is found is there.
    #[test]
    fn any_text_and_any_offset_has_an_answer() {
        const PIECES: [&str; 26] = [
            "a", "b c", "é", "\u{a0}", "\t", "  ", "- ", "-", ": ", ":", "\n", "\r\n", "\n  ", "\n    ", "{",
            "}", "[", "]", ", ", "\"", "'", " # ", "|\n", "&x ", "!t ", "---\n",
        ];
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % (below as u64)).unwrap_or_default()
        };
        let mut found = 0;
        for _ in 0..4000 {
            let text: String = (0..next(24)).map(|_| PIECES[next(PIECES.len())]).collect();
            for offset in 0..=text.len() + 1 {
                let Some(cursor) = Cursor::at(&text, offset) else { continue };
                let Span { start, end } = cursor.word;
                assert!(start <= offset && offset <= end, "{text:?} at {offset}: {cursor:?}");
                assert!(
                    text.get(start..end).is_some_and(|word| !word.contains('\n')),
                    "{text:?} at {offset}"
                );
                found += 1;
            }
        }
        assert!(found > 10_000, "{found}");
    }
}
