//! What hosts print and hand on: the versioned JSON of findings, previews and verdicts on signatures, the same from the
//! command and the page's workers, and the formats for people and logs. The schemas in `docs` describe the JSON. New fields
//! may come; none goes or changes its meaning in a version.
//!
//! A `Document` borrows from what it is made of, and is written by any of serde's formats. The first module of the page
//! has the JSON of findings alone; everything else is a feature.

#[cfg(feature = "render")]
pub mod baseline;
pub mod book;
#[cfg(feature = "cloud-init-boot")]
pub mod cloud_init_boot;
mod lint;
#[cfg(feature = "render")]
pub mod output;
mod places;
#[cfg(feature = "preview")]
pub mod preview;
#[cfg(feature = "render")]
pub mod render;
mod utf16;
#[cfg(feature = "verify")]
pub mod verify;

pub use lint::{Diagnostic, Document, File, Named, Summary, VERSION, diagnostics};
pub use places::Offsets;
pub use utf16::Utf16Map;
