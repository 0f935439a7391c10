//! Messages as Python's `email` package reads them with its default policy.
//!
//! Source: Python 3.11, `email/feedparser.py` and `email/message.py`.

mod body;
mod headers;
mod lines;
mod parser;

use dryboot_text::Span;

pub use body::{Body, Damage, decode};
pub use headers::{Field, Headers};
pub use parser::parse;

/// What a message may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages of several parts inside each other.
    pub depth: usize,
    /// Messages and parts together.
    pub entities: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 32, entities: 4096 }
    }
}

/// A message with all that is in it.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The message itself, and then all parts, each before its own parts: in the order of the text.
    pub entities: Vec<Entity>,
    /// A limit was reached here, and what follows was not read.
    pub exceeded: Option<(Exceeded, Span)>,
}

/// Which limit a message exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceeded {
    /// There are too many messages inside each other.
    Depth,
    /// There are too many parts.
    Entities,
}

/// A message, or a part of one.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its header fields.
    pub headers: Headers,
    /// Where they stand.
    pub head: Span,
    /// What follows them.
    pub body: Content,
    /// What is wrong with it.
    pub defects: Vec<Defect>,
}

/// What the body of an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, which may be encoded.
    Text(Span),
    /// Other entities, which follow.
    Entities,
}

/// Something that is wrong with an entity, and where that is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What.
    pub kind: DefectKind,
    /// Where.
    pub span: Span,
}

/// What may be wrong with an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// A line among the headers is not one; the body begins with it.
    NoEmptyLine,
    /// The type says that there are parts, and no `boundary` says how they are told apart.
    NoBoundary,
    /// No line begins with the boundary: there are no parts.
    BoundaryNotFound,
    /// The line that ends the last part is missing.
    NotClosed,
}

impl Entity {
    /// The content type in lower case; `text/plain` where there is none, or none that can be read.
    #[must_use]
    pub fn content_type(&self) -> String {
        self.headers.content_type()
    }

    /// Whether the type says that it is made of parts.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.content_type().starts_with("multipart/")
    }
}
