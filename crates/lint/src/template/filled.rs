//! A filled template, and what in it depends on what is filled in.

use std::collections::BTreeSet;

use dryboot_yaml::Span;

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text, as long as the template.
    pub text: String,
    /// How many placeholders there are.
    pub placeholders: usize,
    /// Where they are.
    pub(super) places: Vec<Span>,
    /// The starts of lines whose values depend on a placeholder.
    pub(super) lines: BTreeSet<usize>,
    /// Whether placeholders stand for whole lines, so that more may be there than is written.
    pub(super) is_open: bool,
}

impl Filled {
    /// Whether what is written at a place depends on a placeholder.
    #[must_use]
    pub fn depends(&self, span: Span) -> bool {
        let start = self.text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        self.lines.range(start..=span.end.max(start)).next().is_some()
    }

    /// The same for a line, counted from 1.
    #[must_use]
    pub fn depends_at_line(&self, line: usize) -> bool {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        self.lines.contains(&start)
    }

    /// Whether a value, or that of a key, is a string, whatever is filled in: it has words beside its placeholders.
    pub(super) fn is_surely_text(&self, place: Span) -> bool {
        let behind = self.text.get(place.end..).unwrap_or_default();
        let (start, written) = match behind.strip_prefix(':') {
            Some(rest) => (place.end + 1, rest.lines().next().unwrap_or_default()),
            None => (place.start, place.slice(&self.text)),
        };
        let start = start + written.len() - written.trim_start().len();
        let written = written.trim();
        if written.starts_with(['[', '{', '|', '>']) || written.contains('\n') {
            return false;
        }
        let is_known = |at: usize| self.places.iter().all(|place| at < place.start || at >= place.end);
        let known = written.char_indices().filter(|(at, _)| is_known(start + at)).map(|(_, char)| char);
        written.starts_with(['"', '\'']) || known.into_iter().any(|char| char == ' ' || char == '/')
    }

    /// Whether placeholders stand for whole lines, so that more may be there than is written.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }
}

#[cfg(test)]
mod tests {
    use dryboot_yaml::Span;

    use crate::template::{Syntax, fill};

    #[test]
    fn what_depends_on_a_placeholder_is_known() {
        let text = "a:\n  b:\n    ${c}\n  d: e\nf: ${g}\nh: i\n";
        let filled = fill(text, Syntax::Terraform).expect("placeholders");
        let depends = |words: &str| {
            let at = text.find(words).expect(words);
            filled.depends(Span::new(at, at + words.len()))
        };
        let found = ["a:", "b:", "d: e", "f:", "h: i"].map(depends);
        assert_eq!(found, [true, true, false, true, false]);
        assert!(filled.is_open());
    }

    #[test]
    fn a_value_with_words_of_its_own_is_a_string_whatever_is_filled_in() {
        let text = "a: run ${b} now\nc: ${d}\ne: ${f}G\ng: [${h}]\ni: \"${j}\"\n";
        let filled = fill(text, Syntax::Terraform).expect("placeholders");
        let found = ["a", "c", "e", "g", "i"].map(|key| {
            let at = text.find(&format!("{key}:")).expect("the key");
            filled.is_surely_text(Span::new(at, at + 1))
        });
        assert_eq!(found, [true, false, false, false, true]);
    }
}
