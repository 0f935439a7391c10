//! Texts for the tests that compare our parser with the real libraries.

use std::path::{Path, PathBuf};

use dryboot_testing::Random;

/// The texts of the conformance suites, all that are UTF-8.
pub(crate) fn texts() -> std::io::Result<Vec<String>> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "in") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let texts: Result<Vec<_>, _> = paths.into_iter().map(std::fs::read).collect();
    // Bytes that are not text at all are for the reader, which has tests of its own.
    Ok(texts?.into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()).collect())
}

/// What damaged texts get more of.
pub(crate) const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "?",
    "#",
    " #",
    "'",
    "''",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ", ",
    "&a",
    "&a ",
    "*a",
    "*a ",
    "!",
    "!!",
    "!!str ",
    "!<",
    "!e!x ",
    "|",
    ">",
    "|\n",
    ">-\n",
    "|2+",
    ">0",
    "%",
    "@",
    "`",
    "~",
    "$",
    "\\",
    "\\x4",
    "\\u00e4",
    "\\U0011FFFF",
    "\\/",
    "\\\n",
    "%YAML 1.1\n",
    "%YAML 1.2\n",
    "%TAG ! tag:x,1:\n",
    "%TAG !e! tag:e%41\n",
    "---\n",
    "--- ",
    "...\n",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{FEFF}",
    "ä",
    "😀",
    "a",
    "0",
    "a: b",
    "{a: b}",
    "[a: b]",
    "? [a]\n: {b}\n",
    "<<: *a\n",
    "%41",
    "%zz",
];

/// A copy of a text with up to four pieces inserted, replaced, removed or moved.
pub(crate) fn damage(text: &str, random: &mut Random, pieces: &[&str]) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        let at = |random: &mut Random, text: &str| {
            let mut at = random.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = at(random, &text);
        match random.below(7) {
            0 | 1 => text.insert_str(start, random.one_of(pieces)),
            2 => {
                let width = text[start..].chars().next().map_or(0, char::len_utf8);
                text.replace_range(start..start + width, random.one_of(pieces));
            }
            3 => {
                let width: usize = text[start..].chars().take(1 + random.below(3)).map(char::len_utf8).sum();
                text.replace_range(start..start + width, "");
            }
            4 => {
                let mut chars: Vec<char> = text.chars().collect();
                let first = random.below(chars.len());
                let second = (first + 1 + random.below(8)).min(chars.len().saturating_sub(1));
                if second < chars.len() {
                    chars.swap(first, second);
                }
                text = chars.into_iter().collect();
            }
            5 => {
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                let gone = random.below(lines.len());
                let kept = lines.iter().enumerate().filter(|&(index, _)| index != gone);
                text = kept.map(|(_, line)| *line).collect();
            }
            _ => {
                let end = at(random, &text);
                text.truncate(end.max(start));
            }
        }
    }
    text
}
