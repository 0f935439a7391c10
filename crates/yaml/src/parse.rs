//! Bytes to a located tree and the verdict of the target's YAML library.

use crate::compose::{Composer, Stop};
use crate::reader::{check_bytes, reader_is_first};
use crate::syntax::libyaml_verdict;
use crate::tree::{Content, NodeId, Tree};
use crate::{Dialect, LimitExceeded, Limits, SyntaxError};

/// How often reading is taken up again after a place that could not be read.
const RESUMPTIONS: usize = 16;

/// What reading a text gives.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree of the first document; around a fault, of what could be read.
    pub tree: Tree,
    /// The library's refusal.
    pub error: Option<SyntaxError>,
    /// A limit of ours that ended the reading.
    pub limit: Option<LimitExceeded>,
    /// Where our parser could not read on although the library accepts the text.
    pub unread: Option<usize>,
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
        self.error.is_none() && self.limit.is_none() && self.unread.is_none()
    }
}

/// Reads the first document of `bytes`. `text` is `bytes` with each byte that is not valid
/// UTF-8 replaced by one byte that is, so that offsets agree.
#[must_use]
pub fn parse(bytes: &[u8], text: &str, dialect: Dialect, limits: &Limits) -> Parsed {
    let mut composer = Composer::new(dialect, *limits);
    let reader_error = check_bytes(bytes).err();
    let (root, mut stop) = composer.run(text, 0);
    composer.tree.root = root;
    if let Some(Stop::Limit(limit)) = stop {
        return Parsed {
            tree: composer.tree,
            error: reader_error,
            limit: Some(limit),
            unread: None,
            redefined_tag: None,
            next_document: None,
        };
    }

    let readable = reader_error.as_ref().map_or(text.len(), |error| error.noticed);
    let scanner_error = libyaml_verdict(&text[..readable], dialect).err();
    let scanner_error =
        scanner_error.into_iter().chain(composer.faults.drain(..).next()).min_by_key(|error| error.noticed);
    let error = match (reader_error, scanner_error) {
        (Some(reader), Some(scanner)) if reader_is_first(reader.noticed, scanner.noticed) => Some(reader),
        (reader, scanner) => scanner.or(reader),
    };

    let unread = match (&stop, &error) {
        (Some(Stop::Syntax(at)), None) => Some(*at),
        _ => None,
    };
    let place = error.as_ref().map(|error| error.place);
    let mut resumptions = 0;
    while let Some(Stop::Syntax(at)) = stop
        && resumptions < RESUMPTIONS
        && let Some(next) = next_top_level_key(
            text,
            place.map_or(at, |place| if resumptions == 0 { place.min(at) } else { at }),
        )
    {
        resumptions += 1;
        let (rest, next_stop) = composer.run(text, next);
        join(&mut composer.tree, rest);
        stop = next_stop;
    }
    Parsed {
        tree: composer.tree,
        error,
        limit: None,
        unread,
        redefined_tag: composer.redefined_tag,
        next_document: composer.next_document,
    }
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
