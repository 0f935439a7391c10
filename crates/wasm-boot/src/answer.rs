//! From the core's preview to the message. What the core knows is said here in the page's words;
//! nothing is found out.

use dryboot_core::platform::Platform;
use dryboot_core::{self as core, Action, MachineDescription, Preview};
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Boot, Effect, Message, Stage, Step, Trouble, Units};

use crate::machine;
use crate::origins::origins;
use crate::variables::variables;

/// The boot that was previewed. `text` is what spans point into: user-data from the editor is never
/// compressed.
pub(crate) fn boot(
    text: &str,
    preview: &Preview,
    before: &MachineDescription,
    platform: Option<&Platform>,
    troubles: Vec<Trouble>,
) -> Boot {
    let places = Places::new(text);
    Boot {
        target: preview.target.name().to_owned(),
        program: preview.target.program().to_owned(),
        platform: preview.platform.map(str::to_owned),
        exit_code: preview.exit_code,
        troubles,
        variables: variables(text, before, platform),
        stages: preview.stages.iter().map(stage).collect(),
        effects: preview.effects.iter().map(|done| effect(done, before, &places)).collect(),
        messages: messages(preview, &places),
        notes: preview.notes.clone(),
        machine: machine::machine(preview, before),
        units: Units::default(),
    }
}

fn stage(stage: &core::Stage) -> Stage {
    Stage { name: stage.name.clone(), steps: stage.steps.iter().map(step).collect() }
}

fn step(step: &core::Step) -> Step {
    Step {
        who: step.who.clone(),
        what: step.what.clone(),
        reads: step.reads.clone(),
        state: step.state.name().replace(' ', "-"),
        why: step.why.clone(),
        effects: step.effects.iter().copied().map(index).collect(),
        depth: 0,
    }
}

fn effect(effect: &core::Effect, before: &MachineDescription, places: &Places<'_>) -> Effect {
    let action = &effect.action;
    let fail = fail(action);
    let is_wanted = fail.as_ref().is_some_and(|fail| before.fail.contains(fail));
    Effect {
        kind: kind(action).to_owned(),
        title: action.to_string(),
        idle: action.is_idle(),
        failed: is_wanted || action.exit().is_some() || matches!(action, Action::Mask { ok: false, .. }),
        fail,
        origins: origins(&effect.causes, places),
    }
}

/// The words of the program, and what it prints.
fn messages(preview: &Preview, places: &Places<'_>) -> Vec<Message> {
    let said = preview
        .messages
        .iter()
        .map(|message| Message { text: message.text.clone(), origins: origins(&message.causes, places) });
    let printed = preview.stdout.lines().map(|line| Message { text: line.to_owned(), origins: Vec::new() });
    said.chain(printed).collect()
}

/// What a machine description must have among its failures to make an action fail.
fn fail(action: &Action) -> Option<String> {
    match action {
        Action::SetHostname { argv, .. }
        | Action::UserAdd { argv, .. }
        | Action::ChangePassword { argv, .. }
        | Action::UpdateSshKeys { argv, .. }
        | Action::ChangeOwner { argv, .. }
        | Action::LoadModule { argv, .. } => Some(format!("cmd:{}", argv.join(" "))),
        Action::Enable { units, .. } => units.first().map(|unit| format!("enable:{unit}")),
        Action::DaemonReload {} => Some("daemon_reload".to_owned()),
        Action::UnitCommand { command, unit, .. } => Some(format!("unit_command:{command}:{unit}")),
        Action::StartTransientUnit { .. } => Some("start_transient_unit".to_owned()),
        Action::HttpGet { .. }
        | Action::WriteFile { .. }
        | Action::Mask { .. }
        | Action::Unmask { .. }
        | Action::LinkDown { .. } => None,
    }
}

/// The name of an action in the command's JSON.
fn kind(action: &Action) -> &'static str {
    match action {
        Action::SetHostname { .. } => "set_hostname",
        Action::UserAdd { .. } => "useradd",
        Action::ChangePassword { .. } => "chpasswd",
        Action::UpdateSshKeys { .. } => "update-ssh-keys",
        Action::ChangeOwner { .. } => "chown",
        Action::LoadModule { .. } => "modprobe",
        Action::HttpGet { .. } => "http_get",
        Action::WriteFile { .. } => "write_file",
        Action::Mask { .. } => "mask",
        Action::Unmask { .. } => "unmask",
        Action::Enable { .. } => "enable",
        Action::DaemonReload {} => "daemon_reload",
        Action::UnitCommand { .. } => "unit_command",
        Action::LinkDown { .. } => "link_down",
        Action::StartTransientUnit { .. } => "start_transient_unit",
    }
}

/// An index as the messages have it.
pub(crate) fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
