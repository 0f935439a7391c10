//! Which line of a template each line of the text comes from.
//!
//! The engine does not say, so each line of the template carries a mark through it, at its first character that is
//! not blank: there it does not stand in the way of what trims white space.

use dryboot_yaml::Span;

const OPEN: char = '\u{F0000}';
const CLOSE: char = '\u{F0001}';

/// Where the lines of a text come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLines {
    /// For each line of the text, the line of the template, from 1.
    lines: Vec<usize>,
    /// Where each line of the template is, without its line break.
    spans: Vec<Span>,
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

/// The body of a template with a mark on each line, and whether there are any: a body that has the characters of
/// marks gets none.
pub(super) fn mark(body: &str) -> (String, bool) {
    if body.contains([OPEN, CLOSE]) {
        return (body.to_owned(), false);
    }
    let mut marked = String::with_capacity(body.len() * 2);
    let mut tags = Tags::default();
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (before, rest) = line.split_at(blank);
        marked.push_str(before);
        let trims = ["{%-", "{{-", "{#-"].iter().any(|tag| rest.starts_with(tag));
        if tags.are_closed() && !trims && !rest.trim().is_empty() {
            // The first line of the body is the second of the template.
            marked.push_str(&format!("{OPEN}{}{CLOSE}", number + 2));
        }
        marked.push_str(rest);
        tags.pass(line);
    }
    (marked, true)
}

/// Takes the marks out of a filled template.
pub(super) fn unmark(filled: &str, template: &str, body_start: usize, marked: bool) -> (String, SourceLines) {
    let mut text = String::with_capacity(filled.len());
    let mut lines = Vec::new();
    let mut last = if body_start == 0 { 1 } else { 2 };
    for (number, line) in filled.split_inclusive('\n').enumerate() {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(OPEN).filter(|_| marked) {
            text.push_str(before);
            let (mark, after) = after.split_once(CLOSE).unwrap_or(("", after));
            last = mark.parse().unwrap_or(last);
            rest = after;
        }
        text.push_str(rest);
        lines.push(if marked { last } else { number + 2 });
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for line in template.split_inclusive('\n') {
        spans.push(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()));
        start += line.len();
    }
    (text, SourceLines { lines, spans })
}

/// Whether a place is inside of a tag.
#[derive(Default)]
struct Tags {
    /// What ends the tag that is open.
    end: Option<&'static str>,
}

impl Tags {
    fn are_closed(&self) -> bool {
        self.end.is_none()
    }

    fn pass(&mut self, line: &str) {
        const TAGS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let mut rest = line;
        loop {
            match self.end {
                Some(end) => match rest.split_once(end) {
                    Some((_, after)) => (self.end, rest) = (None, after),
                    None => return,
                },
                None => {
                    let first = TAGS.iter().filter_map(|(open, end)| Some((rest.find(open)?, *end))).min();
                    match first {
                        Some((at, end)) => (self.end, rest) = (Some(end), &rest[at + 2..]),
                        None => return,
                    }
                }
            }
        }
    }
}
