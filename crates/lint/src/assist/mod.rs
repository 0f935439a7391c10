//! Help while typing: what every program answers when an editor asks.

mod block;
mod cursor;
mod first_line;
mod flow;
mod key_doc;
mod lines;

use dryboot_yaml::Span;

pub use cursor::{Cursor, Entry, Level, Place};
pub use first_line::{FirstLine, first_lines};
pub use key_doc::KeyDoc;

/// Documentation of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The key as written.
    pub span: Span,
    /// The key's full name: `coreos.units[].command`.
    pub title: String,
    /// Paragraphs of plain text, code in backticks.
    pub text: String,
}

/// What may be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The word that is replaced.
    pub span: Span,
    /// The offers, the best ones first.
    pub items: Vec<CompletionItem>,
}

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionItem {
    /// What is shown.
    pub label: String,
    /// Its type in a few words.
    pub detail: String,
    /// Paragraphs of documentation, as in [`Hover::text`].
    pub documentation: String,
    /// What is inserted.
    pub insert: String,
}
