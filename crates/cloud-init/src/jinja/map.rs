//! Which line of a template each line of the text comes from.

use dryboot_yaml::Span;

/// Where the lines of a text come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLines {
    /// For each line of the text, the line of the template, from 1.
    pub(super) lines: Vec<usize>,
    /// Where each line of the template is, without its line break.
    pub(super) spans: Vec<Span>,
}

impl SourceLines {
    /// The line of the template that a line of the text comes from; both count from 1.
    #[must_use]
    pub fn source_line(&self, line: usize) -> usize {
        let at = line.saturating_sub(1).min(self.lines.len().saturating_sub(1));
        self.lines.get(at).copied().unwrap_or(1)
    }

    /// Where `words` of a line of the text stand in the template; the whole line where they are not written there.
    #[must_use]
    pub fn source_span(&self, line: usize, words: &str, template: &str) -> Span {
        let source = self.source_line(line);
        let whole = self.spans.get(source.saturating_sub(1)).copied().unwrap_or_default();
        let written = whole.slice(template);
        match written.find(words).filter(|_| !words.is_empty()) {
            Some(at) => Span::new(whole.start + at, whole.start + at + words.len()),
            None => {
                let blank = written.len() - written.trim_start().len();
                Span::new(whole.start + blank, whole.start + written.trim_end().len())
            }
        }
    }
}
