//! The texts to compare: all that the repository has, and changed ones.

use std::path::{Path, PathBuf};

use dryboot_testing::Random;

const HEADER: &str = "#cloud-config\n";

/// All inputs of the conformance suites, the examples, and the examples in the documentation of rules.
pub(crate) fn corpora() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for (folder, extension) in [("tests/conformance", "in"), ("examples", "yaml")] {
        files(&root.join(folder), extension, &mut paths);
    }
    paths.sort();
    let mut texts: Vec<Vec<u8>> =
        paths.iter().map(|path| std::fs::read(path).expect("a file of the repository")).collect();
    let rules = std::fs::read_to_string(root.join("docs/rules.md")).expect("the documentation of rules");
    texts.extend(examples(&rules).map(String::into_bytes));
    // The suites of YAML have no header, without which nothing else matters.
    let headless: Vec<_> = texts.iter().filter(|text| !text.starts_with(b"#cloud-config")).cloned().collect();
    texts.extend(headless.into_iter().map(|text| [HEADER.as_bytes(), &text].concat()));
    texts
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
}

/// The examples of the rules' documentation.
fn examples(document: &str) -> impl Iterator<Item = String> {
    let fences = document.split("\n```yaml").skip(1);
    fences.filter_map(|fence| {
        let text = fence.split_once('\n')?.1.split("\n```").next()?;
        Some(format!("{text}\n").replace('␉', "\t").replace('␍', "\r").replace("⟨BOM⟩", "\u{feff}"))
    })
}

/// Values of every kind.
const VALUES: &[&str] = &[
    "null",
    "~",
    "",
    "true",
    "no",
    "'yes'",
    "0",
    "1",
    "-1",
    "0o644",
    "0644",
    "'0644'",
    "1.5",
    ".inf",
    "99999999999999999999",
    "2026-11-22",
    "2026-13-45",
    "22:22",
    "a",
    "now",
    "auto",
    "a b",
    "http://[::1]:80/",
    "\"\\u00e4\"",
    "!!binary aGk=",
    "!!str 1",
    "!!int x",
    "!!set {a, b}",
    "!!omap [a: b]",
    "!!python/unicode x",
    "!x y",
    "[]",
    "[a]",
    "[a, a]",
    "[1, null]",
    "[[a, b], [c]]",
    "[{name: a}]",
    "{}",
    "{a: b}",
    "{name: a}",
    "{1: a}",
    "{null: a, b: c}",
    "&a [a]",
    "*a",
    "{<<: {name: a}}",
    "|\n      text",
];

/// Pieces of YAML.
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\t", ":", ": ", "- ", "#", "'", "\"", "{", "}", "[", "]", ", ", "&a ", "*a", "!", "?",
    "%", "@", "ä", "\u{85}", "\u{feff}", "\u{7}", "\r",
];

/// What texts are changed with.
pub(crate) struct Changes {
    texts: Vec<String>,
    keys: Vec<String>,
    blocks: Vec<String>,
}

impl Changes {
    /// Changes of those texts that begin as the peer wants them to.
    pub(crate) fn of(texts: &[Vec<u8>]) -> Self {
        let texts: Vec<String> = texts
            .iter()
            .filter_map(|text| String::from_utf8(text.clone()).ok())
            .filter(|text| text.starts_with(HEADER) && text.len() < 4000)
            .collect();
        let keys = texts.iter().flat_map(|text| text.lines().filter_map(key)).map(str::to_owned).collect();
        let blocks = texts.iter().flat_map(|text| blocks(text)).collect();
        Self { texts, keys, blocks }
    }

    /// One text with up to three changes.
    pub(crate) fn mutation(&self, random: &mut Random) -> Vec<u8> {
        let text = &self.texts[random.below(self.texts.len())];
        let mut lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
        for _ in 0..=random.below(3) {
            let at = random.below(lines.len());
            match (random.below(8), lines.get(at).cloned()) {
                (0..=2, Some(line)) => lines[at] = self.with_value(&line, random),
                (3, Some(line)) => lines[at] = self.with_key(&line, random),
                (4, Some(line)) => {
                    let block = self.block(indentation(&line), random);
                    lines.splice(at..at, block.lines().map(str::to_owned));
                }
                (5, Some(line)) => {
                    let deep = indentation(&line);
                    let below = &lines[at + 1..];
                    let inside = below.iter().take_while(|line| indentation(line) > deep).count();
                    let block = self.block(deep, random);
                    lines.splice(at..=at + inside, block.lines().map(str::to_owned));
                }
                (6, Some(_)) => _ = lines.remove(at),
                (_, Some(line)) => lines[at] = damaged(&line, random),
                (_, None) => lines.push(self.block(0, random)),
            }
        }
        format!("{HEADER}{}\n", lines.join("\n")).into_bytes()
    }

    /// The line with another value.
    fn with_value(&self, line: &str, random: &mut Random) -> String {
        let value = random.one_of(VALUES);
        match (line.rfind(": "), line.rfind("- "), line.strip_suffix(':')) {
            (Some(at), ..) => format!("{} {value}", &line[..=at]),
            (_, Some(at), _) => format!("{}{value}", &line[..at + 2]),
            (.., Some(key)) => format!("{key}: {value}"),
            _ => format!("{line} {value}"),
        }
    }

    /// The line with another key.
    fn with_key(&self, line: &str, random: &mut Random) -> String {
        let new = &self.keys[random.below(self.keys.len())];
        key(line).map_or_else(|| line.to_owned(), |old| line.replacen(old, new, 1))
    }

    /// A block of some text, at another indentation.
    fn block(&self, deep: usize, random: &mut Random) -> String {
        let block = &self.blocks[random.below(self.blocks.len())];
        let shallow = indentation(block);
        let moved =
            block.lines().map(|line| format!("{:deep$}{}", "", line.get(shallow..).unwrap_or_default()));
        moved.collect::<Vec<_>>().join("\n")
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key that a line begins with.
fn key(line: &str) -> Option<&str> {
    let start = line.trim_start_matches([' ', '-']);
    let (key, _) = start.split_once(':')?;
    (!key.is_empty() && !key.contains([' ', '"', '\'', '{', '[', '#'])).then_some(key)
}

/// Each line with what is indented below it.
fn blocks(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let block = |at: usize| {
        let inside = lines[at + 1..].iter().take_while(|line| indentation(line) > indentation(lines[at]));
        lines[at..=at + inside.count()].join("\n")
    };
    (0..lines.len()).filter(|at| !lines[*at].is_empty()).map(block).collect()
}

/// The line with a piece inserted, or a character removed.
fn damaged(line: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = line.chars().collect();
    let at = random.below(chars.len() + 1);
    if random.below(3) == 0 && at < chars.len() {
        chars.remove(at);
    } else {
        chars.splice(at..at, random.one_of(PIECES).chars());
    }
    chars.into_iter().collect()
}
