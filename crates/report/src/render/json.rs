//! The versioned format for programs.

use std::io;

use super::Results;
use crate::output::Output;
use crate::{Document, Offsets};

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    out.json(&Document::new(results.reports, Offsets::Utf8))
}
