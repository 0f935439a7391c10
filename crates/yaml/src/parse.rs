//! Bytes to a located tree and the verdict of the target's YAML library.

use crate::compose::{Composer, Stop};
use crate::grammar::Grammar;
use crate::tree::{Content, NodeId, Tree};
use crate::{Crash, Dialect, LimitExceeded, Limits, SyntaxError};

/// How often reading is taken up again after a place that could not be read.
const RESUMPTIONS: usize = 16;

/// What reading a text gives.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree of the first document; around a fault, of what could be read.
    pub tree: Tree,
    /// The library's refusal.
    pub error: Option<SyntaxError>,
    /// The library breaks down instead; only PyYAML does.
    pub crash: Option<Crash>,
    /// A limit of ours that ended the reading.
    pub limit: Option<LimitExceeded>,
    /// A tag that uses the handle `!` after `%TAG` gave that another meaning. go-yaml v1 crashes
    /// on it.
    pub redefined_tag: Option<usize>,
    /// Where a second document begins, which no target reads.
    pub next_document: Option<usize>,
}

impl Parsed {
    /// Whether the tree is all there is to the first document.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.error.is_none() && self.crash.is_none() && self.limit.is_none()
    }
}

/// Reads the first document of `bytes`. `text` is `bytes` with each byte that is not valid
/// UTF-8 replaced by one byte that is, so that offsets agree.
#[must_use]
pub fn parse(bytes: &[u8], text: &str, dialect: Dialect, limits: &Limits) -> Parsed {
    let reader_error = dialect.check_bytes(bytes).err();
    let readable = reader_error.as_ref().map_or(text.len(), |error| error.noticed);
    let readable = text.get(..readable).unwrap_or(text);
    let looks_past = dialect.looks_past_the_first_document();

    let mut composer = Composer::new(dialect, *limits);
    let (root, mut stop) = composer.run(readable, 0, Grammar::of(dialect), looks_past);
    composer.tree.root = root;
    if let Some(Stop::Limit(limit)) = stop {
        return composer.into_parsed(Verdict { error: reader_error, ..Verdict::default() }, Some(limit));
    }
    let fault = match &stop {
        Some(Stop::Syntax(fault)) => Some(SyntaxError::from_fault(*fault, text, Some(dialect))),
        _ => None,
    };
    let crashes = matches!(&stop, Some(Stop::Syntax(fault)) if fault.is_crash) && composer.refusal.is_none();
    // What the composer refuses was read before the fault.
    let scanner_error = composer.refusal.take().or(fault);
    let verdict = match (reader_error, scanner_error) {
        (Some(reader), Some(scanner)) if dialect.reader_is_first(reader.noticed, scanner.noticed) => {
            Verdict { error: Some(reader), crash: None }
        }
        (_, Some(scanner)) if crashes => {
            Verdict { error: None, crash: Some(Crash { message: scanner.message, place: scanner.place }) }
        }
        (reader, scanner) => Verdict { error: scanner.or(reader), crash: None },
    };
    if verdict == Verdict::default() {
        return composer.into_parsed(verdict, None);
    }

    // The rest is for people: read what any library would.
    composer = Composer::new(dialect, *limits);
    (composer.tree.root, stop) = composer.run(text, 0, Grammar::TOLERANT, looks_past);
    for _ in 0..RESUMPTIONS {
        let Some(Stop::Syntax(fault)) = stop else { break };
        let from = SyntaxError::from_fault(fault, text, Some(dialect)).place;
        let Some(next) = next_top_level_key(text, from.min(fault.at)) else { break };
        let rest;
        (rest, stop) = composer.run(text, next, Grammar::TOLERANT, looks_past);
        join(&mut composer.tree, rest);
    }
    let limit = match stop {
        Some(Stop::Limit(limit)) => Some(limit),
        _ => None,
    };
    composer.into_parsed(verdict, limit)
}

/// What the library says.
#[derive(Default, PartialEq)]
struct Verdict {
    error: Option<SyntaxError>,
    crash: Option<Crash>,
}

impl Composer {
    fn into_parsed(self, verdict: Verdict, limit: Option<LimitExceeded>) -> Parsed {
        let (redefined_tag, next_document) = (self.redefined_tag, self.next_document);
        let Verdict { error, crash } = verdict;
        Parsed { tree: self.tree, error, crash, limit, redefined_tag, next_document }
    }
}

/// What libyaml 0.2.5 makes of the first document of `text`, in its own words: for the tests
/// that compare the two.
#[doc(hidden)]
#[must_use]
pub fn parse_as_libyaml(text: &str, limits: &Limits) -> (Tree, Option<SyntaxError>) {
    let mut composer = Composer::new(Dialect::GoYamlV3, *limits);
    let (root, stop) = composer.run(text, 0, Grammar::LIBYAML, false);
    composer.tree.root = root;
    let error = match stop {
        Some(Stop::Syntax(fault)) => Some(SyntaxError::from_fault(fault, text, None)),
        _ => None,
    };
    (composer.tree, composer.refusal.or(error))
}

/// The first line after the one of `from` that begins with a key at the first column.
fn next_top_level_key(text: &str, from: usize) -> Option<usize> {
    let mut start = from + text.get(from..)?.find('\n')? + 1;
    loop {
        let line = text.get(start..)?.lines().next()?;
        let key = line.split_once(':').map(|(key, _)| key);
        if key.is_some_and(|key| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        }) {
            return Some(start);
        }
        start += text.get(start..)?.find('\n')? + 1;
    }
}

/// Adds the entries of a later part of the document to its mapping.
fn join(tree: &mut Tree, part: Option<NodeId>) {
    let Some(part) = part else { return };
    let Some(root) = tree.root else {
        tree.root = Some(part);
        return;
    };
    let Content::Mapping(more) = tree.node(part).content.clone() else {
        return;
    };
    let end = tree.node(part).span.end;
    let root = &mut tree.nodes[root.0 as usize];
    if let Content::Mapping(entries) = &mut root.content {
        entries.extend(more);
        root.span.end = root.span.end.max(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, limits: &Limits) -> Parsed {
        parse(text.as_bytes(), text, Dialect::GoYamlV3, limits)
    }

    #[test]
    fn nesting_and_values_end_at_their_limits() {
        let limits = Limits { depth: 3, nodes: 6, ..Limits::default() };
        for (text, allowed) in [
            ("[[[]]]", true),
            ("[[[[]]]]", false),
            ("- - - a", true),
            ("- - - - a", false),
            ("a: {b: [c]}", true),
            ("[1, 2, 3, 4, 5]", true),
            ("[1, 2, 3, 4, 5, 6]", false),
        ] {
            let parsed = read(text, &limits);
            assert_eq!(parsed.limit.is_none(), allowed, "{text}");
            assert!(parsed.error.is_none());
        }
    }

    #[test]
    fn no_nesting_is_too_deep_to_be_read() {
        let limits = Limits { depth: usize::MAX, ..Limits::default() };
        for piece in ["[", "- ", "{a: ", "? ", "[\n"] {
            let parsed = read(&piece.repeat(50_000), &limits);
            assert!(parsed.tree.len() >= 50_000);
        }
    }

    #[test]
    fn after_a_fault_reading_goes_on_at_the_next_key() {
        let text = "a: [b\nc: d # e\nf: \"g\nh: i\n";
        let parsed = read(text, &Limits::default());
        assert_eq!(parsed.error.map(|error| error.place), Some(3));
        let Some(Content::Mapping(entries)) = parsed.tree.root().map(|root| &parsed.tree.node(root).content)
        else {
            panic!("a mapping");
        };
        let keys: Vec<_> = entries.iter().filter_map(|entry| parsed.tree.node(entry.key).text()).collect();
        assert_eq!(keys, ["a", "c", "h"]);
        assert_eq!(parsed.tree.comments.len(), 1);
    }
}
