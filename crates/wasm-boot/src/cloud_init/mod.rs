//! The boot of cloud-init, as the page shows it.

use dryboot_core::cloud_init_boot::{self as own, Action, Machine as Described, Preview, Status, User};
use dryboot_core::{CloudInitTarget, Target};
use dryboot_wasm::protocol::boot::{Account, Boot, Effect, Key, Machine, Message, Trouble, Units};

use crate::answer::{index, stage};
use crate::machine::{file, without_password};
use crate::origins::Texts;

/// Follows a boot on the machine that cloud-init's users have without saying more: with NoCloud, and without metadata.
pub(crate) fn boot(bytes: &[u8], text: &str, target: &CloudInitTarget) -> Boot {
    let name = Target::CloudInit(*target).named();
    let (target_name, program) = (name.name, name.title);
    let preview = match own::preview(bytes, target, &Described::default()) {
        Ok(preview) => preview,
        Err(error) => {
            let trouble =
                Trouble { about: "distribution".to_owned(), message: error.to_string(), place: None };
            let units = Some(Units::default());
            return Boot { target: target_name, program, troubles: vec![trouble], units, ..Boot::default() };
        }
    };
    let texts = Texts::with_vendor_data(text, preview.vendor_data.as_deref());
    Boot {
        target: target_name,
        program,
        platform: Some("NoCloud".to_owned()),
        exit_code: preview.status.exit_code(),
        degraded: preview.status == Status::Degraded,
        stages: preview.story().iter().map(stage).collect(),
        effects: preview.journal.effects.iter().map(|done| effect(done, &texts)).collect(),
        messages: messages(&preview, &texts),
        notes: preview.notes.clone(),
        machine: machine(&preview),
        units: Some(Units::default()),
        ..Boot::default()
    }
}

fn effect(effect: &own::Effect, texts: &Texts<'_>) -> Effect {
    let failed = matches!(&effect.action, Action::Run(run) if run.exit.is_some() || run.error.is_some());
    Effect {
        kind: effect.action.kind().to_owned(),
        title: effect.action.to_string(),
        failed,
        origins: texts.origins(&effect.causes),
        ..Effect::default()
    }
}

fn messages(preview: &Preview, texts: &Texts<'_>) -> Vec<Message> {
    let steps = preview.journal.stages.iter().flat_map(|stage| &stage.steps);
    let message = |said: &own::Message| {
        let reason = said.exception.as_ref().map(|error| format!(": {}", error.text)).unwrap_or_default();
        Message { text: format!("{}{reason}", said.text), origins: texts.origins(&said.causes) }
    };
    steps.flat_map(|step| &step.messages).map(message).collect()
}

fn machine(preview: &Preview) -> Machine {
    let written = preview.files.iter().filter(|(_, entry)| entry.written_by.is_some());
    Machine {
        hostname: preview.hostname.clone(),
        accounts: preview.users.iter().filter_map(|user| account(user, preview)).collect(),
        files: written.map(|(path, entry)| file(path, entry, &preview.files_before)).collect(),
        ..Machine::default()
    }
}

/// An account that the boot has touched.
fn account(user: &User, preview: &Preview) -> Option<Account> {
    let made = preview.journal.effects.iter().position(|effect| {
        matches!(&effect.action, Action::Run(run) if run.argv.starts_with(&["useradd".to_owned(), user.name.clone()]))
    });
    let keys = format!("{}/.ssh/authorized_keys", user.home.trim_end_matches('/'));
    let entry = preview.files.entry(&keys);
    let text =
        preview.files.read(&keys).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let keys: Vec<Key> = lines.map(|line| Key { set: keys.clone(), text: line.to_owned() }).collect();
    if user.is_stock && keys.is_empty() {
        return None;
    }
    let argv = made.and_then(|made| match &preview.journal.effects.get(made)?.action {
        Action::Run(run) => Some(run.argv.get(2..).unwrap_or_default()),
        _ => None,
    });
    Some(Account {
        name: user.name.clone(),
        created: !user.is_stock,
        password: user.has_password,
        options: without_password(argv.unwrap_or_default()),
        keys,
        effect: made.or(entry.and_then(|entry| entry.written_by)).map(index),
    })
}
