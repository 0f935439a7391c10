//! The regular expressions of the tables, matched without an engine for them.

/// One expression of a table.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The expression, in the syntax of the program's language.
    pub text: &'static str,
    /// What it accepts, for people: "a number of bytes such as `512M`".
    pub plain: &'static str,
    /// What it is to the library that checks it.
    pub check: Check,
    matches: fn(&str) -> bool,
}

/// What a pattern is to the library that checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// An expression of Python, which fails on bytes.
    Expression,
    /// An expression of Go.
    GoExpression,
    /// A format with a name.
    Format,
    /// The format of host names, which not every library knows.
    HostName,
}

impl Pattern {
    /// An expression of Python with the function that matches it. The function gets the text without the one line break at
    /// its end that Python's `$` looks over.
    #[must_use]
    pub const fn new(text: &'static str, plain: &'static str, matches: fn(&str) -> bool) -> Self {
        Self { text, plain, check: Check::Expression, matches }
    }

    /// An expression of Go with the function that matches it.
    #[must_use]
    pub const fn go(text: &'static str, plain: &'static str, matches: fn(&str) -> bool) -> Self {
        Self { text, plain, check: Check::GoExpression, matches }
    }

    /// A format with a name, with the function that checks it.
    #[must_use]
    pub const fn format(name: &'static str, plain: &'static str, matches: fn(&str) -> bool) -> Self {
        Self { text: name, plain, check: Check::Format, matches }
    }

    /// The format of host names, with the function that checks it.
    #[must_use]
    pub const fn host_name(matches: fn(&str) -> bool) -> Self {
        Self { text: "hostname", plain: "a host name", check: Check::HostName, matches }
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self.check {
            Check::Expression => (self.matches)(text.strip_suffix('\n').unwrap_or(text)),
            Check::GoExpression | Check::Format | Check::HostName => (self.matches)(text),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}
