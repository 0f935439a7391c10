//! YAML text to a located tree, read as a target's own YAML library reads it.

mod span;

pub use span::{LineIndex, Position, Span};
