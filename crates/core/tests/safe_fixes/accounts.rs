//! What the safe fixes of each rule may change, and nothing else.

use std::collections::BTreeMap;

use dryboot_core::Report;
use dryboot_coreos::go_path;
use dryboot_coreos::schema::ENCODINGS;
use dryboot_yaml::scalar::{Scalar, resolve, yaml11_bool};
use dryboot_yaml::{Content, Dialect, Limits, Style, parse};

use Account::{Added, Directive, Header, Key, Misspelt, Quotes, Value};

/// A rule with safe fixes that is not in this table fails the test, and so does a rule in it that has none.
pub(crate) const ACCOUNTS: [(&str, &str, Account); 25] = [
    ("coreos", "drop-in-suffix", Value(|before, after, _| after == format!("{before}.conf"))),
    ("coreos", "hyphenated-key", Key),
    ("coreos", "invalid-permissions", Value(is_the_same_mode)),
    ("coreos", "misread-permissions", Value(|before, after, _| octal(before) == octal(after))),
    ("coreos", "missing-header", Header),
    ("coreos", "octal-number", Value(is_the_same_number)),
    ("coreos", "relative-path", Value(|before, after, _| after == go_path::clean(&format!("/{before}")))),
    ("coreos", "undecodable-content", Value(is_decodable)),
    ("coreos", "unused-suppression", Directive),
    ("coreos", "yaml11-boolean", Value(|before, after, _| yaml11_bool(before) == after.parse().ok())),
    ("cloud-init", "bare-partition-name", Value(|before, after, _| after == format!("/dev/{before}"))),
    ("cloud-init", "bashism", Value(|before, after, _| without("source", before) == without(".", after))),
    ("cloud-init", "command-without-snap", Value(|before, after, _| after == format!("snap {before}"))),
    ("cloud-init", "deprecated-key", Key),
    ("cloud-init", "folded-script", Value(|before, after, _| words(before) == words(after))),
    ("cloud-init", "invalid-permissions", Value(is_the_same_mode)),
    ("cloud-init", "misread-argument", Quotes),
    ("cloud-init", "misspelt-size", Value(is_the_same_size)),
    ("cloud-init", "missing-header", Misspelt),
    ("cloud-init", "octal-number", Value(is_the_written_mode)),
    ("cloud-init", "relative-path", Value(|before, after, _| after == format!("/{before}"))),
    ("cloud-init", "script-not-executable", Added("permissions", "0755")),
    ("cloud-init", "undecodable-content", Value(|_, after, _| after == "gz+b64")),
    ("cloud-init", "unused-suppression", Directive),
    ("cloud-init", "unwritten-signed-by", Value(is_key_file)),
];

#[derive(Clone, Copy)]
pub(crate) enum Account {
    /// The characters of the header's own line, and marks of comments.
    Header,
    /// The same, and what the header is misspelt with.
    Misspelt,
    /// One value, for one that stands in this relation to it.
    Value(fn(&str, &str, Dialect) -> bool),
    /// The hyphens of one key.
    Key,
    /// How one value is quoted.
    Quotes,
    /// A key with its value, which are new.
    Added(&'static str, &'static str),
    /// A name in a comment of dryboot's own, or all of that comment if nothing else stands in it.
    Directive,
}

pub(crate) fn of(family: &str, rule: &str) -> Option<Account> {
    ACCOUNTS.iter().find(|account| (account.0, account.1) == (family, rule)).map(|(.., account)| *account)
}

fn octal(text: &str) -> Option<i32> {
    i32::from_str_radix(text, 8).ok()
}

/// `0o644`, ` 0644` or `-rw-r--r--` for `0644`.
fn is_the_same_mode(before: &str, after: &str, _: Dialect) -> bool {
    let Some(mode) = octal(after) else { return false };
    let letters = "rwxrwxrwx".chars().enumerate();
    let shown: String =
        letters.map(|(at, letter)| if mode & (0o400 >> at) != 0 { letter } else { '-' }).collect();
    let before = before.trim();
    let digits = before.strip_prefix("0o").unwrap_or(before);
    octal(digits) == Some(mode)
        || before.strip_prefix('-').filter(|_| before.len() == 10).unwrap_or(before) == shown
}

fn is_the_same_number(before: &str, after: &str, dialect: Dialect) -> bool {
    let number = |text: &str| match resolve(text, Style::Plain, None, dialect) {
        Ok(Scalar::Int(number)) => Some(number.to_string()),
        Ok(Scalar::Float(number)) => Some(number.to_string()),
        _ => None,
    };
    number(before).is_some() && number(before) == number(after)
}

/// `420` or `0644` for `0644`: as a number it is what was meant, or its digits are.
fn is_the_written_mode(before: &str, after: &str, _: Dialect) -> bool {
    let (mode, digits) = (octal(after), before.replace('_', ""));
    mode.is_some() && (octal(&digits) == mode || digits.parse().ok() == mode)
}

/// `2 GiB` for `2G`.
fn is_the_same_size(before: &str, after: &str, _: Dialect) -> bool {
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let unit =
        |text: &str| text.chars().find(char::is_ascii_alphabetic).map(|char| char.to_ascii_uppercase());
    number(before) == number(after) && unit(before) == unit(after)
}

/// `[signed-by=$KEY_FILE]` for one with a path.
fn is_key_file(before: &str, after: &str, _: Dialect) -> bool {
    after
        .split_once("$KEY_FILE")
        .is_some_and(|(start, end)| before.starts_with(start) && before.ends_with(end))
}

/// The words of a text, with one less of this word.
fn without(word: &str, text: &str) -> Option<BTreeMap<String, usize>> {
    let mut words = words(text);
    let count = words.get_mut(word)?;
    *count -= 1;
    words.retain(|_, count| *count > 0);
    Some(words)
}

/// The name of an encoding, or the line breaks of a folded text.
fn is_decodable(before: &str, after: &str, _: Dialect) -> bool {
    let unfolds = before.replace(' ', "\n") == after.replace(' ', "\n");
    unfolds || (ENCODINGS.contains(&after) && !ENCODINGS.contains(&before))
}

/// What two texts differ in.
pub(crate) struct Difference {
    dialect: Dialect,
    before: Contents,
    after: Contents,
    suppressed: (usize, usize),
}

/// Everything that a text holds.
struct Contents {
    words: BTreeMap<String, usize>,
    comments: Vec<String>,
    /// Every node with its tag, anchor and content; none when the text cannot be read.
    nodes: Option<Vec<(String, String)>>,
}

impl Contents {
    fn of(report: &Report) -> Self {
        // A byte-order mark is none of the contents, and some libraries count it as a column.
        let text = report.text.trim_start_matches('\u{feff}');
        let parsed = parse(text.as_bytes(), text, super::dialect(report), &Limits::default());
        let tree = &parsed.tree;
        let node = |id| {
            let node = tree.node(id);
            let (shape, text) = match &node.content {
                Content::Scalar { text, .. } => ("scalar".to_owned(), text.to_string()),
                Content::Sequence(items) => (format!("list of {}", items.len()), String::new()),
                Content::Mapping(entries) => (format!("mapping of {}", entries.len()), String::new()),
                Content::Alias { name, .. } => (format!("alias of {name}"), String::new()),
            };
            (format!("{shape} {:?} {:?}", node.tag, node.anchor), text)
        };
        Self {
            words: words(text),
            comments: tree.comments.iter().map(|comment| comment.span.slice(text).to_owned()).collect(),
            nodes: parsed.is_whole().then(|| tree.ids().map(node).collect()),
        }
    }

    /// The words of all comments, without what `left_out` takes from each.
    fn words_of_comments(&self, left_out: fn(&str) -> String) -> BTreeMap<String, usize> {
        let comments: Vec<String> = self.comments.iter().map(|comment| left_out(comment)).collect();
        words(&comments.join("\n"))
    }
}

impl Difference {
    pub(crate) fn between(before: &Report, after: &Report) -> Self {
        Self {
            dialect: super::dialect(before),
            before: Contents::of(before),
            after: Contents::of(after),
            suppressed: (before.suppressed.len(), after.suppressed.len()),
        }
    }

    /// The scalars that differ; the texts hold the same otherwise.
    fn scalars(&self) -> Result<Vec<(&str, &str)>, String> {
        let (Some(before), Some(after)) = (&self.before.nodes, &self.after.nodes) else {
            return Ok(Vec::new());
        };
        let shapes =
            |nodes: &[(String, String)]| nodes.iter().map(|(shape, _)| shape.clone()).collect::<Vec<_>>();
        if shapes(before) != shapes(after) {
            return Err(format!("the structure changes from {before:?} to {after:?}"));
        }
        let pairs =
            before.iter().zip(after).map(|((_, before), (_, after))| (before.as_str(), after.as_str()));
        Ok(pairs.filter(|(before, after)| before != after).collect())
    }

    /// Words that are lost, and words that are new.
    fn words(&self) -> (Vec<&str>, Vec<&str>) {
        (surplus(&self.before.words, &self.after.words), surplus(&self.after.words, &self.before.words))
    }

    fn comments(&self, left_out: fn(&str) -> String) -> Result<(), String> {
        let (before, after) =
            (self.before.words_of_comments(left_out), self.after.words_of_comments(left_out));
        match self.before.nodes.is_none() || before == after {
            true => Ok(()),
            false => {
                Err(format!("comments change from {:?} to {:?}", self.before.comments, self.after.comments))
            }
        }
    }
}

impl Account {
    pub(crate) fn holds(self, difference: &Difference) -> Result<(), String> {
        // What is added is seen in the words, which the structure follows.
        let scalars = if matches!(self, Added(..)) { Vec::new() } else { difference.scalars()? };
        let (lost, gained) = difference.words();
        let is_one_of = |words: &[&str], allowed: &[&str]| {
            words.iter().all(|word| allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(word)))
        };
        match self {
            Header => {
                const OWN: [&str; 5] = ["\u{feff}", "#", "cloud", "-", "config"];
                if !scalars.is_empty() || !is_one_of(&lost, &OWN) || !is_one_of(&gained, &OWN) {
                    return Err(format!("{lost:?} becomes {gained:?}, and {scalars:?} differ"));
                }
            }
            Misspelt => {
                const NAMES: [&str; 10] = [
                    "cloudconfigarchive",
                    "cloudinitconfig",
                    "cloudconfigyaml",
                    "cloudconfg",
                    "clouconfig",
                    "cloudboothook",
                    "cloudconfigjsonp",
                    "includeonce",
                    "parthandler",
                    "templatejinja",
                ];
                let is_own = |word: &&str| {
                    let letters = word.to_ascii_lowercase().replace('_', "");
                    word.chars().all(|char| !is_word(char))
                        || NAMES.iter().any(|name| name.contains(&letters))
                };
                if !scalars.is_empty() || !lost.iter().chain(&gained).all(is_own) {
                    return Err(format!("{lost:?} becomes {gained:?}, and {scalars:?} differ"));
                }
            }
            Value(relation) => {
                difference.comments(str::to_owned)?;
                match scalars[..] {
                    [] if difference.before.nodes.is_none() || is_one_of(&gained, &["'"]) => {}
                    [(before, after)] if relation(before, after, difference.dialect) => {}
                    _ => return Err(format!("{scalars:?} differ")),
                }
            }
            Key => {
                difference.comments(str::to_owned)?;
                let only_hyphens =
                    is_one_of(&lost, &["-"]) || lost.iter().any(|word| word.chars().all(is_word));
                match scalars[..] {
                    [] if difference.before.nodes.is_none() && only_hyphens => {}
                    [(before, after)] if before.replace('-', "_") == after => {}
                    _ => return Err(format!("{scalars:?} differ")),
                }
            }
            Quotes => {
                difference.comments(str::to_owned)?;
                if !scalars.is_empty() || !is_one_of(&lost, &[]) || !is_one_of(&gained, &["'", "\""]) {
                    return Err(format!("{lost:?} becomes {gained:?}, and {scalars:?} differ"));
                }
            }
            Added(key, value) => {
                difference.comments(str::to_owned)?;
                if !is_one_of(&lost, &[]) || !is_one_of(&gained, &[key, value, ":", "'", ",", "\""]) {
                    return Err(format!("{lost:?} becomes {gained:?}"));
                }
            }
            Directive => {
                difference.comments(without_directive)?;
                if !scalars.is_empty()
                    || !gained.is_empty()
                    || difference.suppressed.0 != difference.suppressed.1
                {
                    return Err(format!("{gained:?} is new, {scalars:?} differ, or more is reported"));
                }
            }
        }
        Ok(())
    }
}

/// A comment without each `dryboot: ignore[…]` and the signs before them.
fn without_directive(comment: &str) -> String {
    let words = comment.trim_start_matches('#').trim_start();
    match words.strip_prefix("dryboot:").and_then(|rest| rest.split_once(']')) {
        Some((_, remark)) => without_directive(remark.trim_start()),
        None => words.to_owned(),
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// How often each word and each sign occurs.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let length = match rest.find(|char| !is_word(char)) {
            Some(0) => char.len_utf8(),
            Some(length) => length,
            None => rest.len(),
        };
        if !char.is_whitespace() {
            *words.entry(rest[..length].to_owned()).or_default() += 1;
        }
        rest = &rest[length..];
    }
    words
}

/// Words that occur more often in the first than in the second.
fn surplus<'w>(first: &'w BTreeMap<String, usize>, second: &BTreeMap<String, usize>) -> Vec<&'w str> {
    let more = first.iter().filter(|(word, count)| second.get(*word).is_none_or(|other| other < *count));
    more.map(|(word, _)| word.as_str()).collect()
}
