//! The boot of cloud-init, as the page shows it.

mod given;
mod machine;
mod platforms;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use dryboot_core::cloud_init_boot::{self as own, Action, Journal, Status, WhichBoot};
use dryboot_core::{self as core, CloudInitPlatform, CloudInitTarget, Target};
use dryboot_wasm::protocol::boot::{Boot, Effect, Message, Origin, Stage, Trouble, Units};

use crate::answer::stage;
use crate::origins::Texts;
use crate::request::Options;
use machine::Told;

pub(crate) use given::{Given, machine as described};
pub(crate) use platforms::all as platforms;

/// Who does what no module does.
const PROGRAM: &str = "cloud-init";

/// Who chooses the data source.
const CHOOSER: &str = "ds-identify";

/// The parts of such a boot that there is something to say about.
const PARTS: [&str; 7] = ["stages", "files", "users", "packages", "commands", "network", "log"];

/// Follows a boot on the machine that the options describe.
pub(crate) fn boot(bytes: &[u8], text: &str, target: &CloudInitTarget, options: &Options) -> Boot {
    let name = Target::CloudInit(*target).named();
    let empty = Boot {
        target: name.name,
        program: name.title,
        platform: options.platform.clone(),
        which_boot: options.which_boot().name().to_owned(),
        parts: PARTS.map(str::to_owned).to_vec(),
        units: Some(Units::default()),
        ..Boot::default()
    };
    let Given { machine, troubles } = match described(options) {
        Ok(given) => given,
        Err(trouble) => return Boot { troubles: vec![trouble], ..empty },
    };
    let preview = match own::preview(bytes, target, &machine) {
        Ok(preview) => preview,
        Err(error) => {
            let trouble =
                Trouble { about: "distribution".to_owned(), message: error.to_string(), place: None };
            return Boot { troubles: vec![trouble], ..empty };
        }
    };
    let last = last_boot(&preview.journal);
    let status = match preview.status {
        Status::Disabled => Status::Disabled,
        _ => Status::of(&last),
    };
    // Causes lead into the text that cloud-init reads, which may be a field of what was given.
    let vendor = preview.vendor_data.as_deref().filter(|text| options.vendor_data.as_deref() == Some(text));
    let texts = Texts::with_vendor_data(text, vendor);
    let platform = options.platform.as_deref().and_then(CloudInitPlatform::from_name);
    let unreachable = platform.filter(|_| preview.status != Status::Disabled).map(given::unreachable);
    let stages = match options.which_boot() {
        WhichBoot::First => preview.story(),
        WhichBoot::Second | WhichBoot::NewInstance => preview.last_boot(),
    };
    let steps = stages.iter().flat_map(|stage| &stage.steps);
    let told: Vec<Told<'_>> =
        steps.flat_map(|step| step.effects.iter().map(|&effect| (effect, step.who.as_str()))).collect();
    let numbers: BTreeSet<usize> = told.iter().map(|(effect, _)| *effect).collect();
    let effects = &preview.journal.effects;
    let before = std::iter::once(None).chain(effects.iter().map(Some));
    Boot {
        exit_code: status.exit_code(),
        degraded: status == Status::Degraded,
        troubles,
        stages: stages.iter().map(|stage| named_stage(stage, unreachable.as_deref())).collect(),
        effects: (0..).zip(effects).map(|(number, done)| effect(done, !numbers.contains(&number))).collect(),
        origins: effects.iter().zip(before).map(|(done, before)| origins(done, before, &texts)).collect(),
        messages: messages(&last, &texts),
        notes: preview.notes.clone(),
        machine: options.wanted().machine.then(|| machine::machine(&preview, &told)),
        ..empty
    }
}

/// A stage, of which the steps are called as their modules. `unreachable` is the name under which the data source can be
/// made to give no answer.
fn named_stage(told: &core::Stage, unreachable: Option<&str>) -> Stage {
    let mut named = stage(told);
    for step in &mut named.steps {
        match step.who.as_str() {
            PROGRAM => {}
            CHOOSER => step.fail = unreachable.map(str::to_owned),
            who => step.name = Some(format!("the module `{who}`")),
        }
    }
    named
}

/// The stages of the last boot, without the effects: they are large.
fn last_boot(journal: &Journal) -> Journal {
    let last = journal.stages.last().map_or(1, |stage| stage.boot);
    let mut of_last = Journal::default();
    of_last.stages.extend(journal.stages.iter().filter(|stage| stage.boot == last).cloned());
    of_last
}

/// What an effect is due to; none if that is the same as for the one before: it is for many in a row.
fn origins(effect: &own::Effect, before: Option<&own::Effect>, texts: &Texts<'_>) -> Option<Vec<Origin>> {
    let is_as_before = before.is_some_and(|before| before.causes == effect.causes);
    (!is_as_before).then(|| texts.origins(&effect.causes))
}

/// An effect. Idle ones are not worth telling: they only ask for something, or belong to an earlier boot.
fn effect(effect: &own::Effect, idle: bool) -> Effect {
    let fail = match &effect.action {
        Action::Run(run) if !idle => Some(format!("{}{}", given::COMMAND, run.words())),
        _ => None,
    };
    Effect {
        kind: effect.action.kind().to_owned(),
        title: effect.action.to_string(),
        idle,
        failed: machine::has_failed(effect),
        fail,
        origins: Vec::new(),
    }
}

fn messages(journal: &Journal, texts: &Texts<'_>) -> Vec<Message> {
    let steps = journal.stages.iter().flat_map(|stage| &stage.steps);
    let message = |said: &own::Message| {
        let reason = said.exception.as_ref().map(|error| format!(": {}", error.text)).unwrap_or_default();
        Message { text: format!("{}{reason}", said.text), origins: texts.origins(&said.causes) }
    };
    steps.flat_map(|step| &step.messages).map(message).collect()
}
