//! Unit files as systemd reads them, for a release that is named.

pub mod directives;
pub mod file;
pub mod name;
mod release;
mod span;

pub use release::Release;
pub use span::Span;
