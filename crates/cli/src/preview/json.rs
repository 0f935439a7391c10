//! The preview for programs.

use crate::screen::Screen;
use anyhow::Result;
use dryboot_core::units::Units;
use dryboot_core::{Action, Cause, MachineState, Preview, Stage, Variable};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
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

pub(super) fn write(preview: &Preview, units: &Units, out: &mut Screen) -> Result<()> {
    let document = Document {
        version: 1,
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
    };
    out.json(&document)
}
