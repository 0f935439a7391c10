//! What may stand where in a config, as data, and the walk that holds a text against it.
//!
//! A program's keys are one tree of [`Node`]s in `static` tables. Everything that needs to know a key reads these
//! tables: checking, hover, completion, the reference. A release of the program is a filter over them ([`Life`]),
//! never a second table.
//!
//! `walk` checks a located YAML tree. It follows JSON Schema draft 4, which is what the tables of cloud-init are
//! in the original, and leaves the choice between alternatives to the rules that the original has for it. A program
//! that decodes its config into types of its own has no use for it, and reads the tables itself.

pub mod build;
#[cfg(feature = "walk")]
mod choice;
mod describe;
#[cfg(feature = "json")]
pub mod json;
pub mod known;
mod life;
mod names;
mod node;
mod pattern;
#[cfg(feature = "walk")]
mod problem;
#[cfg(feature = "walk")]
mod value;
#[cfg(feature = "walk")]
mod walk;

pub use describe::{allowed, alternatives, described, joined};
pub use life::{Deprecated, Grade, Life, Release};
pub use names::Names;
pub use node::{Bounds, Key, List, Literal, Node, Object, Rest, Shape, Word};
pub use pattern::{Check, Pattern};
#[cfg(feature = "walk")]
pub use problem::{Path, Problem, ProblemKind, Step};
#[cfg(feature = "walk")]
pub use value::{Value, View};
#[cfg(feature = "walk")]
pub use walk::{Crash, Habits, Walk, walk};
