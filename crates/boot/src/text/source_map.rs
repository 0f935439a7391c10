//! The way back from a value to the user's text.

use dryboot_machine::{Cause, Source};
use dryboot_text::SourceMap as Map;
use dryboot_yaml::Span;

/// A place of a derived text that differs from the text it derives from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Where it is in the derived text.
    pub(crate) derived: Span,
    /// What it replaces in the original.
    pub(crate) original: Span,
    /// Where the new bytes come from, if there are any.
    pub(crate) cause: Option<Cause>,
}

/// The way from a derived text back to the text that somebody wrote.
#[derive(Clone, Debug)]
pub(crate) struct SourceMap {
    source: Source,
    /// From the text before its edits.
    map: Map,
    edits: Vec<Edit>,
}

impl SourceMap {
    /// The text itself.
    pub(crate) fn of(source: Source) -> Self {
        Self::through(source, Map::identity())
    }

    /// A text that was taken out of the written one.
    pub(crate) fn through(source: Source, map: Map) -> Self {
        Self { source, map, edits: Vec::new() }
    }

    /// The same map for a text that was edited; `edits` are in the order of the text.
    pub(crate) fn edited(self, edits: Vec<Edit>) -> Self {
        Self { edits, ..self }
    }

    /// What bytes of the derived text come from.
    pub(crate) fn causes(&self, span: Span) -> Vec<Cause> {
        let first = self.edits.partition_point(|edit| edit.derived.end <= span.start);
        let touched = self.edits[first..].iter().take_while(|edit| edit.derived.start < span.end);
        let start = self.original(span.start, |edit| edit.original.start);
        let end = self.original(span.end, |edit| edit.original.end);
        let text = self.source.cause(self.map.span(Span::new(start, end)));
        std::iter::once(text).chain(touched.filter_map(|edit| edit.cause.clone())).collect()
    }

    fn original(&self, at: usize, inside: impl Fn(&Edit) -> usize) -> usize {
        let behind = self.edits.partition_point(|edit| edit.derived.start <= at);
        match behind.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if at < edit.derived.end => inside(edit),
            Some(edit) => at - edit.derived.end + edit.original.end,
            None => at,
        }
    }
}
