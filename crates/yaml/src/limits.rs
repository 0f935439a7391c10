//! What a text may cost. Every limit has a message of its own, so that no input hangs or
//! exhausts memory and none is refused without a reason.

use crate::Span;

/// Bounds on one text. The targets have none of these; no config that a datasource can carry
/// comes near them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text, for whoever reads it: the parser takes what it is given.
    pub bytes: usize,
    /// Nested collections.
    pub depth: usize,
    /// Scalars, collections and aliases together.
    pub nodes: usize,
    /// Nodes that aliases and merge keys stand for, each time that they are used.
    pub alias_expansion: usize,
    /// Bytes of contents that are packed as gzip or base64, after unpacking and all together.
    pub decoded: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 32 << 20, depth: 128, nodes: 8_000_000, alias_expansion: 100_000, decoded: 64 << 20 }
    }
}

/// A limit that a text exceeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitExceeded {
    /// What was too much, with the limit, as a sentence without full stop.
    pub message: String,
    /// Where it became too much.
    pub span: Span,
}
