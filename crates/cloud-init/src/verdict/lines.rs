//! Lines as PyYAML counts them: CR, NEL, LS and PS end one, too.

use std::cell::OnceCell;

/// Where each line begins, which is looked for when the first place is asked for: most texts have nothing to complain
/// about.
pub(super) struct PythonLines<'t> {
    text: &'t str,
    starts: OnceCell<Vec<usize>>,
}

impl<'t> PythonLines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    fn starts(text: &str) -> Vec<usize> {
        let mut starts = vec![0];
        for (at, char) in text.char_indices() {
            let next = at + char.len_utf8();
            let ends = match char {
                '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
                '\r' => text.as_bytes().get(next) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(next);
            }
        }
        starts
    }

    /// Line and column of a byte, from 1. A byte order mark has no column.
    pub(super) fn position(&self, offset: usize) -> (usize, usize) {
        let starts = self.starts.get_or_init(|| Self::starts(self.text));
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().filter(|char| *char != '\u{FEFF}').count() + 1)
    }
}
