//! Our parser against libyaml 0.2.5 (through `serde_yaml`), on every text of the conformance
//! suites and on damaged copies of them: the same texts are accepted with the same content, and
//! refused with the same words at the same places.
//!
//! `DRYBOOT_THOROUGH=1 cargo test --profile thorough -p dryboot-yaml --test libyaml` goes deeper.

mod common;

use std::fmt::{self, Write as _};

use common::{PIECES, damage, texts};
use dryboot_testing::{Random, Tries};
use dryboot_yaml::{Content, Limits, NodeId, Style, SyntaxError, Tree, parse_as_libyaml};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

const MUTATIONS: Tries<usize> = Tries { everyday: 60_000, thorough: 500_000 };

/// Texts longer than this are read as they are, but not damaged: that would take most of the time.
const LONGEST_DAMAGED: usize = 4096;

fn is_readable(text: &str) -> bool {
    text.chars().all(|char| !char.is_control() || matches!(char, '\t' | '\n' | '\r' | '\u{85}'))
        && !text.contains(['\u{FFFE}', '\u{FFFF}'])
}

#[test]
fn the_verdict_the_words_the_places_and_the_content_are_those_of_libyaml() {
    let texts: Vec<String> =
        texts().expect("the suites").into_iter().filter(|text| is_readable(text)).collect();
    assert!(texts.len() > 400);
    let mutations = MUTATIONS.count();
    let short: Vec<&String> = texts.iter().filter(|text| text.len() <= LONGEST_DAMAGED).collect();
    let mut random = Random::new(1);
    let mut counts = (0, 0);
    let damaged = (0..mutations).map(|_| damage(short[random.below(short.len())], &mut random, PIECES));
    for text in texts.iter().cloned().chain(damaged) {
        match compare(&text) {
            Ok(true) => counts.0 += 1,
            Ok(false) => counts.1 += 1,
            Err(difference) => panic!("{difference}\nfor {text:?}"),
        }
    }
    println!("{} texts accepted by both, {} refused by both", counts.0, counts.1);
    assert!(counts.0 > mutations / 5 && counts.1 > mutations / 5, "{counts:?}");
}

/// Whether both accept the text, or how they differ.
fn compare(text: &str) -> Result<bool, String> {
    let Some(document) = serde_yaml::Deserializer::from_str(text).next() else {
        return Err("libyaml reads nothing".to_owned());
    };
    let theirs = IgnoredAny::deserialize(document).err().filter(is_of_libyaml);
    let (tree, ours) = parse_as_libyaml(text, &Limits::default());
    match (theirs, ours) {
        (None, None) => {
            check_spans(&tree, text)?;
            check_content(&tree, text)?;
            Ok(true)
        }
        (Some(theirs), Some(ours)) => {
            let index = theirs.location().map(|location| location.index());
            let theirs = theirs.to_string();
            if shown(&ours, text).contains(&theirs) && index == Some(ours.noticed) {
                return Ok(false);
            }
            Err(format!("libyaml: {theirs} ({index:?})\nours: {ours:?} = {:?}", shown(&ours, text)))
        }
        (theirs, ours) => Err(format!("libyaml: {theirs:?}\nours: {ours:?}")),
    }
}

/// `serde_yaml` has limits and rules of its own on top of libyaml's.
fn is_of_libyaml(error: &serde_yaml::Error) -> bool {
    !error.to_string().contains("limit exceeded")
}

/// Our error as `serde_yaml` writes libyaml's. libyaml counts a last line without a break as
/// ended when it meets the end of the stream between tokens, but not inside one.
fn shown(error: &SyntaxError, text: &str) -> Vec<String> {
    if error.message.starts_with("unknown anchor") {
        let (line, column) = position(text, error.noticed);
        let at = if (line, column) == (0, 0) { String::new() } else { place((line, column)) };
        return vec![format!("unknown anchor{at}")];
    }
    let mut noticed = vec![position(text, error.noticed)];
    if error.noticed == text.len() && noticed[0].1 > 0 {
        noticed.push((noticed[0].0 + 1, 0));
    }
    let show = |noticed: (usize, usize)| {
        let mut shown = error.message.clone();
        if noticed != (0, 0) {
            shown.push_str(&place(noticed));
        }
        if let Some((words, begun)) = &error.context {
            let begun = if *begun == error.noticed { noticed } else { position(text, *begun) };
            let _ = write!(shown, ", {words}");
            if begun != (0, 0) && begun != noticed {
                shown.push_str(&place(begun));
            }
        }
        shown
    };
    noticed.into_iter().map(show).collect()
}

fn place((line, column): (usize, usize)) -> String {
    format!(" at line {} column {}", line + 1, column + 1)
}

/// Line and column as libyaml counts them, from 0.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let (mut line, mut column) = (0, 0);
    let mut chars = text[..offset].chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => (line, column) = (line + 1, 0),
            _ => column += 1,
        }
    }
    (line, column)
}

/// Spans lie in the text and in each other, and show what they are spans of.
fn check_spans(tree: &Tree, text: &str) -> Result<(), String> {
    for id in tree.ids() {
        let node = tree.node(id);
        let source = text.get(node.span.start..node.span.end).ok_or(format!("{node:?} is outside"))?;
        let fits = match &node.content {
            Content::Scalar { text, style: Style::Plain } => {
                source == &**text || source.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
            }
            Content::Scalar { style: Style::SingleQuoted, .. } => {
                source.len() > 1 && source.starts_with('\'') && source.ends_with('\'')
            }
            Content::Scalar { style: Style::DoubleQuoted, .. } => {
                source.len() > 1 && source.starts_with('"') && source.ends_with('"')
            }
            Content::Scalar { .. } => {
                !source.starts_with(['|', '>']) || text[..node.span.start].ends_with(' ')
            }
            Content::Sequence(items) => {
                let dashes = items.iter().all(|item| node.flow || text[item.start..].starts_with('-'));
                dashes && (!node.flow || (source.starts_with('[') && source.ends_with(']')))
            }
            Content::Mapping(entries) => {
                // In brackets, `{a: b}: c` is a mapping without braces of its own.
                let key = entries.first().map(|entry| tree.node(entry.key).span.start);
                let braces = node.flow && source.starts_with('{') && key != Some(node.span.start);
                !braces || source.ends_with('}')
            }
            Content::Alias { name, .. } => source.strip_prefix('*') == Some(name),
        };
        let children: Vec<NodeId> = match &node.content {
            Content::Sequence(items) => items.iter().map(|item| item.value).collect(),
            Content::Mapping(entries) => entries.iter().flat_map(|entry| [entry.key, entry.value]).collect(),
            _ => Vec::new(),
        };
        let inside = children.iter().all(|child| {
            let child = tree.node(*child).span;
            node.span.start <= child.start && child.end <= node.span.end
        });
        if !fits || !inside {
            return Err(format!("{node:?} spans {source:?}"));
        }
    }
    Ok(())
}

/// Reads the text with `serde_yaml` along our tree, which must have the same shape and texts.
fn check_content(tree: &Tree, text: &str) -> Result<(), String> {
    let Some(root) = tree.root() else {
        return Ok(());
    };
    let Some(document) = serde_yaml::Deserializer::from_str(text).next() else {
        return Err("libyaml reads nothing".to_owned());
    };
    match (Along { tree, id: root }).deserialize(document) {
        Err(error) if is_of_libyaml(&error) => Err(error.to_string()),
        _ => Ok(()),
    }
}

#[derive(Clone, Copy)]
struct Along<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'de> DeserializeSeed<'de> for Along<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(id) = self.tree.resolve(self.id) else {
            return Err(D::Error::custom("an alias without its anchor"));
        };
        let along = Along { id, ..self };
        match self.tree.node(id).content {
            Content::Scalar { .. } => deserializer.deserialize_str(along),
            Content::Sequence(_) => deserializer.deserialize_seq(along),
            Content::Mapping(_) => deserializer.deserialize_map(along),
            Content::Alias { .. } => Err(D::Error::custom("an alias of an alias")),
        }
    }
}

impl<'de> Visitor<'de> for Along<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.tree.node(self.id))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let ours = self.tree.node(self.id).text();
        if ours == Some(text) { Ok(()) } else { Err(E::custom(format!("libyaml: {text:?}, ours: {ours:?}"))) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        let Content::Sequence(items) = &self.tree.node(self.id).content else {
            return Err(A::Error::custom("a sequence"));
        };
        for item in items {
            if sequence.next_element_seed(Along { id: item.value, ..self })?.is_none() {
                return Err(A::Error::custom("we have more items"));
            }
        }
        if sequence.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::custom("we have fewer items"));
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<(), A::Error> {
        let Content::Mapping(entries) = &self.tree.node(self.id).content else {
            return Err(A::Error::custom("a mapping"));
        };
        for entry in entries {
            if mapping.next_key_seed(Along { id: entry.key, ..self })?.is_none() {
                return Err(A::Error::custom("we have more entries"));
            }
            mapping.next_value_seed(Along { id: entry.value, ..self })?;
        }
        if mapping.next_key::<IgnoredAny>()?.is_some() {
            return Err(A::Error::custom("we have fewer entries"));
        }
        Ok(())
    }
}
