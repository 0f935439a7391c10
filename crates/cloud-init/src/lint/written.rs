//! Where in the text a part of a scalar is written.

use std::ops::Range;

use dryboot_yaml::{Content, NodeId, Span, Style, Tree};

/// Where a scalar's text stands literally, without its quotes; none when something is escaped or spread over lines,
/// or when the scalar has an anchor, so that it may be another thing somewhere else.
pub(crate) fn verbatim(tree: &Tree, source: &str, node: NodeId) -> Option<Span> {
    literal(tree, source, node).filter(|_| tree.node(node).anchor.is_none())
}

fn literal(tree: &Tree, source: &str, node: NodeId) -> Option<Span> {
    let node = tree.node(node);
    let Content::Scalar { text, style } = &node.content else { return None };
    let inner = match style {
        Style::Plain => node.span,
        Style::SingleQuoted | Style::DoubleQuoted => {
            Span::new(node.span.start + 1, node.span.end.checked_sub(1)?)
        }
        Style::Literal | Style::Folded => return None,
    };
    (source.get(inner.start..inner.end)? == &**text && !text.contains('\n')).then_some(inner)
}

/// Where bytes of a scalar's text stand in the source, if that is certain; cut at the end of their first line.
pub(crate) fn within(tree: &Tree, source: &str, node: NodeId, range: Range<usize>) -> Option<Span> {
    if let Some(inner) = literal(tree, source, node) {
        return Some(Span::new(inner.start + range.start, inner.start + range.end));
    }
    let span = tree.node(node).span;
    let Content::Scalar { text, style } = &tree.node(node).content else { return None };
    let line_start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(range.start..)?.find('\n').map_or(text.len(), |at| range.start + at);
    let end = range.end.min(line_end);
    if *style == Style::Literal {
        let line = text.get(line_start..line_end)?;
        let before = text.get(..line_start)?.matches('\n').count();
        let first = source.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let skipped: usize = source.get(first..)?.split_inclusive('\n').take(before).map(str::len).sum();
        let written = source.get(first + skipped..)?.lines().next().unwrap_or_default();
        if !line.is_empty() && written.ends_with(line) {
            let start = first + skipped + written.len() - line.len();
            return Some(Span::new(start + range.start - line_start, start + end - line_start));
        }
    }
    let part = text.get(range.start..end).filter(|part| !part.is_empty())?;
    let mut places = source.get(span.start..span.end)?.match_indices(part);
    let (at, _) = places.next()?;
    places.next().is_none().then(|| Span::new(span.start + at, span.start + at + part.len()))
}
