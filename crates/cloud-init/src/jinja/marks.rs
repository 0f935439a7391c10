//! Marks that lines carry through the template engine, which does not say where the lines of a text come from. A mark
//! stands at the first character of a line that is not blank: there it is not in the way of what trims white space.

use dryboot_yaml::Span;

use super::SourceLines;

const OPEN: char = '\u{F0000}';
const CLOSE: char = '\u{F0001}';

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
