//! From the core's preview to the message. What the core knows is said here in the page's words;
//! nothing is found out.

use dryboot_core::units::outlook;
use dryboot_core::{self as core, Action, MachineDescription, Preview};
use dryboot_wasm::protocol::boot::{Boot, Effect, Message, Stage, Step, Trouble, Variable, Wanted};

use crate::origins::Texts;
use crate::{machine, units};

/// The parts of a boot of coreos-cloudinit that there is something to say about.
const PARTS: [&str; 6] = ["stages", "files", "users", "units", "network", "log"];

/// The boot that was previewed, with the text in the editor.
pub(crate) fn boot(
    text: &str,
    preview: &Preview,
    before: &MachineDescription,
    troubles: Vec<Trouble>,
    wanted: Wanted,
) -> Boot {
    let texts = Texts::new(text, preview.oem.as_deref());
    Boot {
        target: preview.target.name().to_owned(),
        program: preview.target.program().to_owned(),
        platform: preview.platform.map(str::to_owned),
        exit_code: preview.exit_code,
        degraded: false,
        which_boot: "first".to_owned(),
        parts: PARTS.map(str::to_owned).to_vec(),
        troubles,
        variables: preview.variables.iter().map(|known| variable(known, text, &texts)).collect(),
        stages: preview.stages.iter().map(stage).collect(),
        effects: preview.effects.iter().map(|done| effect(done, before)).collect(),
        origins: preview.effects.iter().map(|done| Some(texts.origins(&done.causes))).collect(),
        messages: messages(preview, &texts),
        notes: preview.notes.clone(),
        machine: wanted.machine.then(|| machine::machine(preview, before)),
        units: wanted.units.then(|| units::units(outlook(preview), &texts)),
    }
}

fn variable(variable: &core::Variable, text: &str, texts: &Texts<'_>) -> Variable {
    Variable {
        name: variable.name.to_owned(),
        value: variable.value.clone(),
        used: text.contains(variable.name),
        origin: variable.cause.as_ref().and_then(|cause| texts.origins(std::slice::from_ref(cause)).pop()),
    }
}

pub(crate) fn stage(stage: &core::Stage) -> Stage {
    Stage { name: stage.name.clone(), steps: stage.steps.iter().map(step).collect() }
}

fn step(step: &core::Step) -> Step {
    Step {
        who: step.who.clone(),
        name: None,
        what: step.what.clone(),
        reads: step.reads.clone(),
        state: step.state.code().to_owned(),
        why: step.why.clone(),
        effects: step.effects.iter().copied().map(index).collect(),
        fail: None,
        depth: step.depth,
    }
}

fn effect(effect: &core::Effect, before: &MachineDescription) -> Effect {
    let action = &effect.action;
    let fail = action.failure();
    let is_wanted = fail.as_ref().is_some_and(|fail| before.fail.contains(fail));
    Effect {
        kind: action.kind().to_owned(),
        title: action.to_string(),
        idle: action.is_idle(),
        failed: is_wanted || action.exit().is_some() || matches!(action, Action::Mask { ok: false, .. }),
        fail,
        origins: Vec::new(),
    }
}

/// The words of the program, and what it prints.
fn messages(preview: &Preview, texts: &Texts<'_>) -> Vec<Message> {
    let said = preview
        .messages
        .iter()
        .map(|message| Message { text: message.text.clone(), origins: texts.origins(&message.causes) });
    let printed = preview.stdout.lines().map(|line| Message { text: line.to_owned(), origins: Vec::new() });
    said.chain(printed).collect()
}

/// An index as the messages have it.
pub(crate) fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
