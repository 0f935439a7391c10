//! Where in the text a value is written: the way back from a decoded value to its source.

use std::ops::Range;

use crate::Document;
use crate::typed::Field;
use dryboot_yaml::{Content, NodeId, Span, Style};

use crate::lint::parts::first_line;

/// Where to point for a value: the value itself when it is a scalar on one line, else its key,
/// else the beginning of what was written.
pub(crate) fn span_of(document: &Document<'_>, field: &Field) -> Option<Span> {
    let tree = document.tree();
    let value = field.node.map(|node| tree.node(node));
    let text = document.text();
    if let Some(value) = value
        && matches!(value.content, Content::Scalar { .. })
        && !value.span.slice(text).is_empty()
        && !value.span.slice(text).contains('\n')
    {
        return Some(value.span);
    }
    field.key.map(|key| tree.node(key).span).or(field.node.map(|node| first_line(document, node)))
}

/// Where a scalar's text can be replaced: where it is [`literal`], unless it has an anchor, so that
/// it may be another thing somewhere else.
pub(crate) fn verbatim(document: &Document<'_>, node: NodeId) -> Option<Span> {
    let is_shared = document.tree().node(node).anchor.is_some();
    literal(document, node).filter(|_| !is_shared)
}

/// Where a scalar's text stands literally, without quotes; none when something is escaped or spread
/// over lines.
fn literal(document: &Document<'_>, node: NodeId) -> Option<Span> {
    let node = document.tree().node(node);
    let Content::Scalar { text, style } = &node.content else { return None };
    let inner = match style {
        Style::Plain => node.span,
        Style::SingleQuoted | Style::DoubleQuoted => Span::new(node.span.start + 1, node.span.end - 1),
        Style::Literal | Style::Folded => return None,
    };
    (inner.slice(document.text()) == &**text && !text.contains('\n')).then_some(inner)
}

/// Where bytes of a scalar's text stand in the source, if that is certain; a range that goes over
/// a line's end is cut there.
pub(crate) fn within(document: &Document<'_>, node: NodeId, range: Range<usize>) -> Option<Span> {
    if let Some(inner) = literal(document, node) {
        return Some(Span::new(inner.start + range.start, inner.start + range.end));
    }
    let source = document.text();
    let span = document.tree().node(node).span;
    let Content::Scalar { text, style } = &document.tree().node(node).content else { return None };
    let line_start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(range.start..)?.find('\n').map_or(text.len(), |at| range.start + at);
    let end = range.end.min(line_end);
    if *style == Style::Literal {
        let line = text.get(line_start..line_end)?;
        let number = document.lines.line(span.start) + text.get(..line_start)?.matches('\n').count();
        let written = document.lines.line_span(number, source);
        if !line.is_empty() && written.slice(source).ends_with(line) {
            let start = written.end - line.len();
            return Some(Span::new(start + range.start - line_start, start + end - line_start));
        }
    }
    let part = text.get(range.start..end).filter(|part| !part.is_empty())?;
    let mut places = span.slice(source).match_indices(part);
    let (at, _) = places.next()?;
    places.next().is_none().then(|| Span::new(span.start + at, span.start + at + part.len()))
}

#[cfg(test)]
mod tests {
    use crate::{Document, Target, envelope};
    use dryboot_yaml::Limits;

    use super::within;

    /// Every text value whose part `needle` is mapped back, as it stands in the source.
    fn mapped(text: &str, needle: &str) -> Vec<Option<(usize, String)>> {
        let envelope = envelope::open(text.as_bytes(), usize::MAX);
        let document = Document::read(&envelope, Target::CoreOs, &Limits::default());
        let tree = document.tree();
        let places = tree.ids().filter_map(|id| {
            let at = tree.node(id).text()?.find(needle)?;
            Some(
                within(&document, id, at..at + needle.len())
                    .map(|span| (document.lines.line(span.start), span.slice(text).to_owned())),
            )
        });
        places.collect()
    }

    #[test]
    fn parts_of_scalars_are_found_in_the_source() {
        let found = |line| vec![Some((line, "needle".to_owned()))];
        for (text, line) in [
            ("#cloud-config\na: a needle\n", 2),
            ("#cloud-config\na: 'a needle'\n", 2),
            ("#cloud-config\na: |\n  x\n    needle\n  y needle\n", 4),
            ("#cloud-config\na: |2 # c\n\n    x\n\n    needle\n", 6),
            ("#cloud-config\r\na: |\r\n  x\r\n  needle\r\n", 4),
            ("#cloud-config\na: >-\n  x\n  needle y\n", 4),
            ("#cloud-config\na: \"x\\t needle\"\n", 2),
        ] {
            assert_eq!(mapped(text, "needle"), found(line), "{text}");
        }
        assert_eq!(mapped("#cloud-config\na: \"\\x6eeedle\"\n", "needle"), [None]);
        assert_eq!(mapped("#cloud-config\na: >-\n  needle\n  needle\n", "needle"), [None]);
    }
}
