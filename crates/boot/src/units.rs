//! Units of a boot: what systemd does with those that the program writes and starts.

pub use dryboot_machine::units::*;

use crate::preview::Preview;
use crate::program::Program;

/// What systemd does with the units of a boot.
#[must_use]
pub fn outlook(preview: &Preview) -> Units {
    dryboot_machine::units::outlook(&Boot {
        image: &Program::of(preview.target).image.units,
        effects: &preview.effects,
        files: &preview.machine.files,
        runs: &preview.runs,
        program: "coreos-cloudinit",
        when_refused: "coreos-cloudinit stops with exit code 1",
        text: &preview.text,
        oem: preview.oem.as_deref(),
        is_whole: preview.platform.is_some(),
    })
}
