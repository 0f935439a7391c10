//! The lines that a finding shows.

use std::ops::Range;

use dryboot_lint::{Diagnostic, Report};
use dryboot_text::{LineIndex, Span};

use crate::output::shown;

/// Lines cut out of the text, escaped: rendering costs what is shown, not what the file has.
pub(super) struct Frame {
    pub(super) text: String,
    pub(super) first_line: usize,
    start: usize,
    /// Ends of escaped characters: in the text, from `start`, and in the frame.
    shifts: Vec<(usize, usize)>,
}

/// Where secrets stand in the text: in order, and apart from each other.
pub(super) struct Secrets(Vec<Span>);

fn secret(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    report.diagnostics.iter().chain(&report.suppressed).filter(|finding| finding.is_secret())
}

impl Secrets {
    pub(super) fn of(report: &Report) -> Self {
        Self::at(secret(report).map(|finding| finding.span).collect())
    }

    /// Where they stand in the text of each part.
    pub(super) fn of_parts(report: &Report) -> Vec<Self> {
        let mut spans: Vec<Vec<Span>> = report.parts.iter().map(|_| Vec::new()).collect();
        for place in secret(report).filter_map(|finding| finding.part.as_ref()) {
            if let Some(of_part) = spans.get_mut(place.index) {
                of_part.push(place.span);
            }
        }
        spans.into_iter().map(Self::at).collect()
    }

    fn at(spans: Vec<Span>) -> Self {
        Self(Span::apart(spans))
    }

    /// The parts of them between two offsets.
    fn within(&self, start: usize, end: usize) -> impl Iterator<Item = Range<usize>> {
        let first = self.0.partition_point(|secret| secret.end <= start);
        let touched = self.0[first..].iter().take_while(move |secret| secret.start < end);
        touched.map(move |secret| secret.start.max(start)..secret.end.min(end))
    }
}

impl Frame {
    /// The lines of `span` and of `more`, without any of the secrets.
    pub(super) fn around(
        text: &str,
        lines: &LineIndex,
        secrets: &Secrets,
        span: Span,
        more: impl Iterator<Item = Span>,
    ) -> Self {
        // A block of many lines is shown by its first.
        let last_line = |span: Span| {
            lines.line(span.end.saturating_sub(1).max(span.start)).min(lines.line(span.start) + 3)
        };
        let (mut first, mut last) = (lines.line(span.start), last_line(span));
        for span in more {
            first = first.min(lines.line(span.start));
            last = last.max(last_line(span));
        }
        let start = lines.line_span(first, text).start;
        let end = lines.line_span(last, text).end.max(start);
        let mut text = text[start..end].to_owned();
        for secret in secrets.within(start, end) {
            mask(&mut text, secret.start - start..secret.end - start);
        }
        let (text, shifts) = escaped(&text);
        Self { text, first_line: first, start, shifts }
    }

    /// Where a span of the text is in the frame.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        self.place(span.start)..self.place(span.end)
    }

    fn place(&self, offset: usize) -> usize {
        let offset = offset.saturating_sub(self.start);
        let before = self.shifts.partition_point(|&(original, _)| original <= offset);
        let (original, shown) = before.checked_sub(1).map_or((0, 0), |index| self.shifts[index]);
        boundary(&self.text, shown + (offset - original))
    }
}

/// The start of the character at an offset, within the text.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// Keeps secrets out of terminals and the logs of CI jobs.
fn mask(text: &mut String, secret: Range<usize>) {
    let range = boundary(text, secret.start)..boundary(text, secret.end);
    let masked: String = text[range.clone()]
        .bytes()
        .map(|byte| if byte.is_ascii_whitespace() { char::from(byte) } else { '*' })
        .collect();
    text.replace_range(range, &masked);
}

/// Lines as they may be shown, and where they differ from the text in length. The renderer draws tabs.
fn escaped(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut frame = String::with_capacity(text.len());
    let mut shifts = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, char)) = rest.next() {
        let ends_line = char == '\r' && rest.peek().is_some_and(|&(_, next)| next == '\n');
        let is_plain = matches!(char, ' '..='~' | '\n' | '\t');
        if is_plain || ends_line {
            frame.push(char);
            continue;
        }
        let before = frame.len();
        frame.push_str(&shown(char.encode_utf8(&mut [0; 4])).to_string());
        if frame.len() - before != char.len_utf8() {
            shifts.push((at + char.len_utf8(), frame.len()));
        }
    }
    (frame, shifts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_cut_to_what_is_shown() {
        let secrets = Secrets(vec![Span::new(2, 4), Span::new(6, 9), Span::new(12, 13)]);
        assert_eq!(secrets.within(3, 8).collect::<Vec<_>>(), [3..4, 6..8]);
        assert_eq!(secrets.within(4, 6).count(), 0);
        assert_eq!(secrets.within(0, 20).count(), 3);
    }

    #[test]
    fn spans_point_to_what_they_pointed_to() {
        let text = "a\u{1b}b\t\u{202e}ü\r\n";
        let (shown, shifts) = escaped(text);
        assert_eq!(shown, "a\\u{1b}b\t\\u{202e}ü\r\n");
        let frame = Frame { text: shown, first_line: 1, start: 0, shifts };
        for (part, wanted) in [
            ("a", "a"),
            ("\u{1b}", "\\u{1b}"),
            ("b", "b"),
            ("\u{202e}", "\\u{202e}"),
            ("ü", "ü"),
            ("\n", "\n"),
        ] {
            let start = text.find(part).expect(part);
            assert_eq!(&frame.text[frame.range(Span::new(start, start + part.len()))], wanted);
        }
    }
}
