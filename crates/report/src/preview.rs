//! The preview of a boot. Places are offsets of bytes into the user's text or the config of the image. An action looks as
//! the recordings of the real program write it, which is why it knows how to be written by itself.

use dryboot_boot::units::Units;
use dryboot_boot::{Action, Cause, MachineState, Preview, Stage, Variable};
use serde::Serialize;

/// The version of the format.
pub const VERSION: u32 = 1;

/// What there is to say about one boot.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: u32,
    target: &'static str,
    platform: Option<&'static str>,
    exit_code: i32,
    messages: Vec<&'a str>,
    stdout: &'a str,
    variables: &'a [Variable],
    #[serde(skip_serializing_if = "Option::is_none")]
    substituted: Option<&'a str>,
    actions: Vec<&'a Action>,
    /// Parallel to the actions.
    causes: Vec<&'a [Cause]>,
    stages: &'a [Stage],
    machine: &'a MachineState,
    units: &'a Units,
    notes: &'a [String],
}

impl<'a> Document<'a> {
    /// A boot, with what systemd does with its units.
    #[must_use]
    pub fn new(preview: &'a Preview, units: &'a Units) -> Self {
        Self {
            version: VERSION,
            target: preview.target.name(),
            platform: preview.platform,
            exit_code: preview.exit_code,
            messages: preview.messages.iter().map(|message| message.text.as_str()).collect(),
            stdout: &preview.stdout,
            variables: &preview.variables,
            substituted: preview.substituted.as_deref(),
            actions: preview.effects.iter().map(|effect| &effect.action).collect(),
            causes: preview.effects.iter().map(|effect| effect.causes.as_slice()).collect(),
            stages: &preview.stages,
            machine: &preview.machine,
            units,
            notes: &preview.notes,
        }
    }
}
