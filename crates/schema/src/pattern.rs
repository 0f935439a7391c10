//! The regular expressions of the tables, matched without an engine for them.

/// One expression of a table.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The expression, in Python's syntax.
    pub text: &'static str,
    /// What it accepts, for people: "a number of bytes such as `512M`".
    pub plain: &'static str,
    matches: fn(&str) -> bool,
}

impl Pattern {
    /// An expression with the function that matches it. The function gets the text without the one line break at
    /// its end that Python's `$` looks over.
    #[must_use]
    pub const fn new(text: &'static str, plain: &'static str, matches: fn(&str) -> bool) -> Self {
        Self { text, plain, matches }
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        (self.matches)(text.strip_suffix('\n').unwrap_or(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}
