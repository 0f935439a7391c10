//! What lint finds as data for programs: the JSON that the command prints and that the page's workers answer with.
//! `docs/lint-report.schema.json` describes it. New fields may come; none goes or changes its meaning in a version.
//!
//! A [`Document`] borrows from the reports that it is made of, and is written by any of serde's formats.

mod lint;
mod places;
mod utf16;

pub use lint::{Diagnostic, Document, File, Summary, VERSION, diagnostics};
pub use places::Offsets;
pub use utf16::Utf16Map;
