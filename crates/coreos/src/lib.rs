//! coreos-cloudinit and its fork for Flatcar: what user-data is to them, how they read it, and what there is to say.
//!
//! Bytes become an [`Envelope`](envelope::Envelope); a [`Document`] is one target's reading of
//! it: located tree, typed model, and the verdict of the target's own validator. [`schema`]
//! holds the keys as data.

// A module without all rules has parts of what they share, too.
#![cfg_attr(not(feature = "full"), allow(dead_code))]

pub mod assist;
pub mod content;
mod document;
pub mod envelope;
pub mod foreign;
pub mod go_errors;
mod go_url;
mod habits;
mod ignition;
pub mod image;
mod kind;
pub mod lint;
pub mod linux_path;
pub mod parts;
pub mod platform;
mod rules;
pub mod schema;
mod target;
pub mod typed;
pub mod verdict;
mod weak;

pub use document::Document;
/// The program handles paths with `path.Clean` and `path.Dir` of Go.
pub use dryboot_machine::path as go_path;
pub use envelope::HEADER;
pub use kind::Kind;
pub use target::Target;
pub use verdict::Verdict;
