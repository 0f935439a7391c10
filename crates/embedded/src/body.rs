//! Texts made of whole lines, with something taken off the beginning of each.

use dryboot_text::{Builder, SourceMap, Span};

/// What a cloud-config begins with.
const HEADER: &str = "#cloud-config\n";

/// A text of lines.
pub(crate) struct Body {
    pub(crate) text: String,
    /// The way back to what it was taken from.
    pub(crate) map: SourceMap,
    pub(crate) span: Span,
    /// What was taken off the first line that is not blank.
    pub(crate) indentation: String,
}

impl Body {
    /// The lines in `span`, each without as many bytes as `off` says.
    pub(crate) fn new(text: &str, span: Span, off: impl Fn(&str) -> usize) -> Self {
        let (mut made, mut map, mut at) = (String::new(), Builder::default(), span.start);
        let mut indentation = None;
        for line in span.slice(text).split_inclusive('\n') {
            let taken = off(line).min(line.len());
            if indentation.is_none() && !line.trim().is_empty() {
                indentation = line.get(..taken).map(str::to_owned);
            }
            map.copy(Span::new(at + taken, at + line.len()));
            made.push_str(line.get(taken..).unwrap_or_default());
            at += line.len();
        }
        Self { text: made, map: map.finish(span), span, indentation: indentation.unwrap_or_default() }
    }

    /// The same text with the header that it can do without where it is.
    pub(crate) fn headed(self) -> Self {
        let mut map = Builder::default();
        map.make(Span::empty(0), HEADER.len());
        map.copy(Span::new(0, self.text.len()));
        let map = self.map.then(&map.finish(Span::empty(0)));
        Self { text: format!("{HEADER}{}", self.text), map, ..self }
    }

    /// The lines as they are.
    pub(crate) fn whole(text: &str, span: Span) -> Self {
        Self::new(text, span, |_| 0)
    }

    /// The lines without the blanks that all of them begin with.
    pub(crate) fn flush(text: &str, span: Span) -> Self {
        let least = span.slice(text).lines().filter(|line| !line.trim().is_empty()).map(blanks).min();
        Self::indented(text, span, least.unwrap_or_default())
    }

    /// The lines without so many blanks.
    pub(crate) fn indented(text: &str, span: Span, indentation: usize) -> Self {
        Self::new(text, span, |line| blanks(line).min(indentation))
    }

    /// The lines without the tabs that they begin with.
    pub(crate) fn without_tabs(text: &str, span: Span) -> Self {
        Self::new(text, span, |line| line.len() - line.trim_start_matches('\t').len())
    }
}

/// Whether a place is within one of `spans`, which are in order and apart.
pub(crate) fn is_within(spans: &[Span], at: usize) -> bool {
    let before = spans.partition_point(|span| span.start <= at);
    before.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|span| at < span.end)
}

/// How many blanks a line begins with.
pub(crate) fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The lines of a text with their places, each with its line break.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        (span, line)
    })
}
