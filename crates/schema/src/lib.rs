//! What may stand where in a config, as data, and the walk that holds a text against it.
//!
//! A program's keys are one tree of [`Node`]s in `static` tables. Everything that needs to know a key reads these
//! tables: checking, hover, completion, the reference. A release of the program is a filter over them ([`Life`]),
//! never a second table.
//!
//! [`walk`] checks a located YAML tree. It follows JSON Schema draft 4, which is what the tables of cloud-init are
//! in the original, and leaves the choice between alternatives to the rules that the original has for it.

mod choice;
pub mod known;
mod life;
mod node;
mod pattern;
mod problem;
mod value;
mod walk;

pub use life::{Deprecated, Grade, Life, Release};
pub use node::{Bounds, Key, List, Literal, Node, Object, Rest, Shape, Word, build};
pub use pattern::{Check, Pattern};
pub use problem::{Path, Problem, ProblemKind, Step};
pub use value::{Value, View};
pub use walk::{Crash, Habits, Walk, walk};
