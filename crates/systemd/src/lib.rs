//! Unit files as systemd reads them, for a release that is named: from the text of one file, with
//! its faults, over the units of a machine and what they depend on, to the jobs of a transaction.
//!
//! [`mod@file`] and [`directives`] are the format, [`check`] what is wrong in it, [`load`] a unit from
//! all its files, [`enable`] the links that enabling makes, [`graph`] what units have to do with
//! each other, and [`transaction`] what starting one of them does.

pub mod check;
pub mod directives;
mod effort;
pub mod enable;
pub mod file;
pub mod graph;
pub mod load;
pub mod name;
pub mod network;
mod release;
mod settings;
pub mod transaction;
pub mod words;

pub use dryboot_text::Span;
pub use effort::Effort;
pub use release::Release;
pub use settings::Setting;
