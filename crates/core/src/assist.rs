//! Help while typing, from whichever program reads the text.

use dryboot_lint::assist::{Completion, Hover};

use crate::{Kind, LintOptions, Target, auto};

/// The documentation of the key at a byte offset; without a target, for the one that lint would choose.
#[must_use]
pub fn hover(text: &str, target: Option<&Target>, kind: Kind, offset: usize) -> Option<Hover> {
    reader(text, target, kind).reader().hover(text, kind, offset)
}

/// What may stand at a byte offset; without a target, for the one that lint would choose.
#[must_use]
pub fn complete(text: &str, target: Option<&Target>, kind: Kind, offset: usize) -> Option<Completion> {
    reader(text, target, kind).reader().complete(text, kind, offset)
}

fn reader(text: &str, target: Option<&Target>, kind: Kind) -> Target {
    let options = LintOptions { target: target.cloned(), kind, ..LintOptions::default() };
    auto::choose(text.as_bytes(), &options).target
}
