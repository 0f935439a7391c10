//! Lines as Python's `readlines` cuts them: they end at LF, CR, or both.

use dryboot_text::Span;

/// The lines of a text from some place on, one by one.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the next line begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back to the beginning of a line.
    pub(super) fn go_back(&mut self, at: usize) {
        self.at = at;
    }

    /// The next line, with its end; none at the end of the text.
    pub(super) fn peek(&self) -> Option<Span> {
        let rest = self.text.as_bytes().get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = match rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            Some(at) if rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        Some(Span::new(self.at, self.at + length))
    }

    /// Goes behind a line.
    pub(super) fn pass(&mut self, line: Span) {
        self.at = line.end;
    }
}

/// How long the line break at the end of a text is.
pub(super) fn line_break(text: &str) -> usize {
    ["\r\n", "\n", "\r"].into_iter().find(|end| text.ends_with(end)).map_or(0, str::len)
}
