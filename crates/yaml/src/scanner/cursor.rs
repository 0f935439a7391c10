//! A place in the text that moves forward, with YAML's idea of lines and columns.

/// The byte at `at`; zero, which no YAML text contains, at the end.
#[inline]
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Whether one of YAML 1.1's line breaks stands at `at`: CR, LF, NEL, LS or PS.
#[inline]
pub(super) fn is_break(bytes: &[u8], at: usize) -> bool {
    match byte(bytes, at) {
        b'\n' | b'\r' => true,
        0xC2 => byte(bytes, at + 1) == 0x85,
        0xE2 => byte(bytes, at + 1) == 0x80 && matches!(byte(bytes, at + 2), 0xA8 | 0xA9),
        _ => false,
    }
}

/// Whether a space, a tab, a line break or the end stands at `at`.
#[inline]
pub(super) fn is_blank_or_end(bytes: &[u8], at: usize) -> bool {
    matches!(byte(bytes, at), b' ' | b'\t' | 0) || is_break(bytes, at)
}

/// libyaml's alphanumeric characters.
#[inline]
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Where a key or scalar begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub(super) at: usize,
    /// In characters, from 0.
    pub(super) column: usize,
    /// Characters before it on its line that the column does not count.
    pub(super) uncounted: usize,
}

/// The reading position.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    column: usize,
    line_start: usize,
    /// Byte order marks on this line, where they do not count for the column.
    uncounted: usize,
    counts_byte_order_marks: bool,
}

impl<'t> Cursor<'t> {
    /// Reads from byte `at` of `text`, which begins a line.
    pub(super) fn new(text: &'t str, at: usize, counts_byte_order_marks: bool) -> Self {
        Self { text, at, column: 0, line_start: at, uncounted: 0, counts_byte_order_marks }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    #[inline]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    pub(super) fn column(&self) -> usize {
        self.column
    }

    pub(super) fn line_start(&self) -> usize {
        self.line_start
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.at, column: self.column, uncounted: self.uncounted }
    }

    /// How many characters lie between a mark on this line and the cursor.
    #[inline]
    pub(super) fn characters_since(&self, mark: Mark) -> usize {
        self.column + self.uncounted - mark.column - mark.uncounted
    }

    #[inline]
    pub(super) fn peek(&self) -> u8 {
        byte(self.bytes(), self.at)
    }

    #[inline]
    pub(super) fn peek_at(&self, ahead: usize) -> u8 {
        byte(self.bytes(), self.at + ahead)
    }

    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.peek() == 0
    }

    #[inline]
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.peek(), b' ' | b'\t')
    }

    #[inline]
    pub(super) fn is_break(&self) -> bool {
        is_break(self.bytes(), self.at)
    }

    #[inline]
    pub(super) fn is_break_or_end(&self) -> bool {
        self.is_end() || self.is_break()
    }

    #[inline]
    pub(super) fn is_blank_or_end_at(&self, ahead: usize) -> bool {
        is_blank_or_end(self.bytes(), self.at + ahead)
    }

    /// Whether `---` or `...` stands alone at the start of a line.
    pub(super) fn is_document_marker(&self) -> bool {
        self.column == 0
            && matches!(self.peek(), b'-' | b'.')
            && self.peek_at(1) == self.peek()
            && self.peek_at(2) == self.peek()
            && self.is_blank_or_end_at(3)
    }

    /// Goes over `count` ASCII characters that end no line.
    #[inline]
    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
        self.column += count;
    }

    /// Goes to `end`, with no line break in between.
    pub(super) fn skip_to(&mut self, end: usize) {
        let run = self.bytes().get(self.at..end).unwrap_or_default();
        self.column += run.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        if !self.counts_byte_order_marks && run.contains(&BYTE_ORDER_MARK[0]) {
            let marks = run.windows(BYTE_ORDER_MARK.len()).filter(|&bytes| *bytes == BYTE_ORDER_MARK).count();
            self.column -= marks;
            self.uncounted += marks;
        }
        self.at = end;
    }

    /// Goes over the spaces here, at most to `column`.
    pub(super) fn skip_spaces(&mut self, column: usize) {
        while self.column < column && self.peek() == b' ' {
            self.skip(1);
        }
    }

    /// Goes over spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        while self.is_blank() {
            self.skip(1);
        }
    }

    /// Goes over the line break here and gives what YAML makes of it: LS and PS stay, all others
    /// become LF. Without a line break, nothing happens.
    pub(super) fn take_break(&mut self) -> &'static str {
        let (width, content) = match (self.peek(), self.peek_at(1)) {
            (b'\r', b'\n') => (2, "\n"),
            (b'\r' | b'\n', _) => (1, "\n"),
            (0xC2, 0x85) => (2, "\n"),
            (0xE2, 0x80) if self.peek_at(2) == 0xA8 => (3, "\u{2028}"),
            (0xE2, 0x80) if self.peek_at(2) == 0xA9 => (3, "\u{2029}"),
            _ => return "",
        };
        self.at += width;
        self.begin_line();
        content
    }

    /// Ends the last line, which may have no break: what begins on it cannot go on.
    pub(super) fn end_last_line(&mut self) {
        self.begin_line();
    }

    fn begin_line(&mut self) {
        self.column = 0;
        self.uncounted = 0;
        self.line_start = self.at;
    }

    /// Where the line ends, without its break.
    pub(super) fn line_end(&self) -> usize {
        let bytes = self.bytes();
        let mut at = self.at;
        while let Some(&next) = bytes.get(at) {
            match next {
                b'\n' | b'\r' | 0 => break,
                0xC2 | 0xE2 if is_break(bytes, at) => break,
                _ => at += 1,
            }
        }
        at
    }
}
