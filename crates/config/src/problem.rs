//! What is wrong with a file.

use std::fmt;
use std::path::{Path, PathBuf};

use dryboot_core::{LineIndex, Span};

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

/// A file that cannot be used, with every reason why.
#[derive(Clone, Debug)]
pub struct Invalid {
    /// The file.
    pub path: PathBuf,
    /// One line for each mistake, which says where it is; or why the file cannot be read.
    lines: Vec<String>,
}

impl Invalid {
    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        Self { path: path.to_owned(), lines: vec![format!("cannot read {}: {error}", path.display())] }
    }

    pub(crate) fn new(path: &Path, text: &str, problems: &[Problem]) -> Self {
        let lines = LineIndex::new(text);
        let line = |problem: &Problem| {
            let place = lines.position(problem.span.start, text);
            format!("{}:{}:{}: {}", path.display(), place.line, place.column, problem.message)
        };
        Self { path: path.to_owned(), lines: problems.iter().map(line).collect() }
    }
}

impl Invalid {
    /// One line for each mistake.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("; "))
    }
}

impl std::error::Error for Invalid {}
