//! `snap`.

use std::rc::Rc;

use crate::boot::{Boot, INSTANCE};
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

/// Waits once until the snaps of the image are there; what follows belongs to the module `name`.
pub(super) fn wait_for_seeds(boot: &mut Boot, name: &str) -> Result<(), Raised> {
    if !boot.once("once/snap-seeded") {
        return Ok(());
    }
    boot.journal.step("snap-seeded", Some("once"));
    if let Some(module) = boot.journal.current().and_then(|step| step.module.as_mut()) {
        module.result = Some(crate::journal::ModuleResult::Ran);
    }
    if boot.system.which("snap").is_some() {
        boot.run(&["snap", "wait", "system", "seed.loaded"])?;
    }
    boot.journal.step(name, None);
    Ok(())
}

/// The snaps that install Ubuntu.
const INSTALLERS: [&str; 2] = ["subiquity", "ubuntu-desktop-installer"];

/// Leaves `autoinstall` to the installer, if there is one.
pub(super) fn autoinstall(boot: &mut Boot) -> Result<(), Raised> {
    wait_for_seeds(boot, "ubuntu_autoinstall")?;
    let listed = boot.run(&["snap", "list"])?.stdout;
    if !INSTALLERS.iter().any(|name| listed.contains(name)) {
        boot.journal.warn("`autoinstall` is not used, since the image is not that of an installer");
    }
    Ok(())
}

pub(super) fn snap(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("snap").unwrap_or(&NOTHING);
    if !settings.is_truthy() {
        return Ok(());
    }
    wait_for_seeds(boot, "snap")?;
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    if let Some(assertions) = settings.get("assertions").filter(|assertions| assertions.is_truthy()) {
        boot.because(assertions);
        let texts: Vec<String> = match &assertions.data {
            Data::Map(map) => map.values().map(assertion).collect::<Result<_, _>>()?,
            Data::List(items) => items.iter().map(assertion).collect::<Result<_, _>>()?,
            _ => return Err(Raised::type_error("`snap.assertions` must be a list or a mapping")),
        };
        let path = format!("{INSTANCE}/snapd.assertions");
        let effects = boot.journal.effects.len();
        boot.write(&path, &texts.join("\n"), 0o644)?;
        boot.journal.forget_from(effects);
        boot.run(&["snap", "ack", &path])?;
    }
    match settings.get("commands").filter(|commands| commands.is_truthy()) {
        Some(commands) => run_commands(boot, commands),
        None => Ok(()),
    }
}

fn assertion(value: &Value) -> Result<String, Raised> {
    let text = value.text().map(str::to_owned);
    text.ok_or_else(|| Raised::type_error(format!("an assertion must be text, not `{}`", value.shown())))
}

fn run_commands(boot: &mut Boot, commands: &Value) -> Result<(), Raised> {
    let items: Vec<Value> = match &commands.data {
        Data::List(items) => items.clone(),
        Data::Map(map) => {
            // Python orders no texts among numbers.
            if map.keys().any(|key| key.text().is_some()) && map.keys().any(|key| key.text().is_none()) {
                return Err(Raised::type_error("the keys of `snap.commands` are of several types"));
            }
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.shown());
            entries.into_iter().map(|(_, value)| value.clone()).collect()
        }
        _ => return Err(Raised::type_error("`snap.commands` must be a list or a mapping")),
    };
    let (mut runs, mut others, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for item in &items {
        match &item.data {
            Data::List(words) => {
                let Some(first) = words.first() else {
                    return Err(Raised::new("IndexError", "a command is empty"));
                };
                let mut words = words.clone();
                if first.is_null() {
                    words.remove(0);
                    if words.is_empty() {
                        return Err(Raised::new("IndexError", "a command is empty"));
                    }
                } else if first.text() != Some("snap") {
                    words.insert(0, Value::from_text("snap"));
                }
                let argv = Value::of(Data::List(words)).words();
                runs.push((item, argv.map(|argv| Run { argv, ..Run::default() })));
            }
            Data::Text(line) => {
                if !line.starts_with("snap ") {
                    others.push(line.clone());
                }
                runs.push((item, Ok(Run { shell: Some(line.clone()), ..Run::default() })));
            }
            _ => wrong.push(item.shown()),
        }
    }
    if !others.is_empty() {
        boot.journal.warn(format!("these commands in `snap` are not snap's: {}", others.join(", ")));
    }
    if !wrong.is_empty() {
        return Err(Raised::type_error(format!(
            "these commands are neither text nor lists: {}",
            wrong.join(", ")
        )));
    }
    let mut failures = Vec::new();
    for (item, run) in runs {
        boot.because(item);
        if let Err(error) = boot.execute(run?) {
            failures.push(error.text);
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    let what = format!("commands have failed: {}", failures.join("; "));
    boot.journal.warn(what.clone());
    Err(Raised::runtime_error(what))
}
