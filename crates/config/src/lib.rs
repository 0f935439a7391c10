//! How the files of a project are checked: the file `dryboot.toml`, and what the command line and editors can say instead.
//!
//! [`Configs`] finds the file for a path, in its directory or above it. [`Config`] is what the file says, and
//! [`Settings`] what holds for one path: the file's own settings, those of each `[[overrides]]` that names the path, and
//! whatever a host adds. The table of [`keys`] has every key once; reading, the JSON Schema and the reference are made
//! from it.

mod choice;
mod config;
mod find;
mod keys;
mod problem;
pub mod reference;
pub mod schema;
mod settings;

pub use choice::{KindChoice, Level, TargetChoice, TemplateChoice, Word};
pub use config::Config;
pub use find::{Configs, FILE};
pub use problem::{Invalid, Problem};
pub use settings::Settings;
