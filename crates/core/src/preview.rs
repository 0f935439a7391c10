//! What a machine does with user-data.

use std::fmt;

use dryboot_boot::{MachineDescription, Preview};
use dryboot_coreos::lint::choose_target;
use dryboot_coreos::platform::Platform;

use crate::Target;

/// A program whose boot cannot be previewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPreview {
    /// The program, for people.
    pub program: &'static str,
}

impl fmt::Display for NoPreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dryboot cannot preview a boot with {} yet", self.program)
    }
}

impl std::error::Error for NoPreview {}

/// What a machine does with user-data. Without a target, one is chosen among those that can be previewed.
///
/// # Errors
/// When the target cannot be previewed.
pub fn preview(
    bytes: &[u8],
    target: Option<&Target>,
    machine: &MachineDescription,
) -> Result<Preview, NoPreview> {
    let target = target.cloned().unwrap_or_else(|| Target::Coreos(choose_target(bytes, None, None)));
    let no_preview = NoPreview { program: target.program().title };
    target.reader().preview(bytes, machine).ok_or(no_preview)
}

/// The target of a text on a platform: the one that was asked for, the only one that knows the
/// platform, or the one that the text is for.
#[must_use]
pub fn target_on(bytes: &[u8], target: Option<&Target>, platform: &Platform) -> Target {
    target.cloned().unwrap_or_else(|| Target::Coreos(choose_target(bytes, None, Some(platform))))
}
