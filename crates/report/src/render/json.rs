//! The versioned format for programs.

use std::io;

use crate::output::Output;
use crate::{Document, Named, Offsets};

pub(super) fn write(reports: &[Named<'_>], out: &mut Output<'_>) -> io::Result<()> {
    out.json(&Document::new(reports, Offsets::Utf8))
}
