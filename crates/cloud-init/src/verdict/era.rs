//! In what the validators of older releases differ, beyond their tables.
//!
//! Source: the tags of cloud-init.

use dryboot_schema::Release;

/// One release's habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    /// `#cloud-config` must be the very first bytes, whatever follows it, and nothing else is known.
    pub(super) wants_header_first: bool,
    /// There is nothing to object to in an empty text.
    pub(super) accepts_empty: bool,
}

impl Era {
    pub(super) fn of(release: Release) -> Self {
        Self {
            wants_header_first: release < Release::new(23, 2),
            accepts_empty: release >= Release::new(23, 4),
        }
    }
}
