//! YAML text to a located tree, read as a target's own YAML library reads it.
//!
//! [`parse`] gives the tree of the first document with a byte span for every key, value and
//! item, and the library's verdict on the syntax in its own words. [`scalar`] resolves plain
//! scalars and tags as the library does; [`values`] finds what the library refuses only
//! while it builds values. [`python`] is PyYAML's own part: its values, equal keys, and what
//! brings it down.

#![cfg_attr(not(feature = "pyyaml"), allow(dead_code, reason = "what only PyYAML's dialect does"))]

mod compose;
mod dialect;
mod events;
mod float;
pub mod go_syntax;
mod grammar;
mod key_index;
mod limits;
mod node_map;
mod number;
pub mod order;
mod parse;
pub mod python;
mod reader;
pub mod scalar;
mod scanner;
mod syntax;
mod timestamp;
mod tree;
pub mod values;

pub use dialect::Dialect;
pub use dryboot_text::{LineIndex, Position, Span};
pub use key_index::KeyIndex;
pub use limits::{LimitExceeded, Limits};
pub use node_map::NodeMap;
#[doc(hidden)]
pub use parse::parse_as_libyaml;
pub use parse::{Parsed, parse};
pub use syntax::{Crash, Stage, SyntaxError};
pub use tree::{Comment, Content, Entry, Item, Node, NodeId, Style, Tree};
