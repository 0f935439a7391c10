//! What has become of a machine with cloud-init.

use std::collections::BTreeMap;

use dryboot_core::cloud_init_boot::{Action, Effect, Preview, Run, User};
use dryboot_wasm::protocol::boot::{Account, Command, Key, Machine, Package};

use crate::answer::index;
use crate::machine::{file, without_password};

/// An effect that is worth telling: its number, and who is behind it.
pub(super) type Told<'s> = (usize, &'s str);

/// The machine after the boot, with the effects of it that are worth telling.
pub(super) fn machine(preview: &Preview, told: &[Told<'_>]) -> Machine {
    let written = preview.files.iter().filter(|(_, entry)| entry.written_by.is_some());
    let made = made(preview);
    Machine {
        hostname: preview.hostname.clone(),
        accounts: preview
            .users
            .iter()
            .filter_map(|user| account(user, made.get(user.name.as_str()).copied(), preview))
            .collect(),
        files: written.map(|(path, entry)| file(path, entry, &preview.files_before)).collect(),
        commands: runs(preview, told).map(|(told, run)| command(preview, told, run)).collect(),
        packages: packages(preview, told),
        ..Machine::default()
    }
}

/// The commands among some effects.
fn runs<'p, 's>(preview: &'p Preview, told: &'p [Told<'s>]) -> impl Iterator<Item = (Told<'s>, &'p Run)> {
    told.iter().filter_map(|&told| match &preview.journal.effects.get(told.0)?.action {
        Action::Run(run) => Some((told, run)),
        _ => None,
    })
}

/// Whether an effect is a command that fails or cannot start.
pub(super) fn has_failed(effect: &Effect) -> bool {
    matches!(&effect.action, Action::Run(run) if fails(run))
}

fn fails(run: &Run) -> bool {
    run.exit.is_some() || run.error.is_some()
}

fn command(preview: &Preview, (effect, by): Told<'_>, run: &Run) -> Command {
    let ending = match (run.exit, run.error) {
        (Some(exit), _) => Some(format!("exit code {exit}")),
        (None, Some(why)) => Some(why.to_owned()),
        (None, None) => None,
    };
    Command {
        line: run.line(),
        by: by.to_owned(),
        script: script(preview, run),
        directory: run.cwd.clone(),
        failure: ending,
        effect: index(effect),
    }
}

/// The script that a command is given, or that it is.
fn script(preview: &Preview, run: &Run) -> Option<String> {
    let own = || match run.argv.as_slice() {
        [path] => preview.files.read(path).and_then(|bytes| std::str::from_utf8(bytes).ok()),
        _ => None,
    };
    run.script.as_deref().or_else(own).map(str::to_owned)
}

/// How package managers are told to install something: their name, and the word before the packages.
const INSTALLERS: [(&str, &str); 8] = [
    ("apt-get", "install"),
    ("dnf", "install"),
    ("yum", "install"),
    ("snap", "install"),
    ("pip3", "install"),
    ("zypper", "install"),
    ("apk", "add"),
    ("pacman", "-Sy"),
];

/// The packages that the commands install, in their order, each once: the last attempt counts.
fn packages(preview: &Preview, told: &[Told<'_>]) -> Vec<Package> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut packages: Vec<Package> = Vec::new();
    for ((effect, _), run) in runs(preview, told) {
        let Some((manager, names)) = installed(run) else { continue };
        for name in names {
            let package = Package {
                name: name.clone(),
                manager: manager.to_owned(),
                failed: fails(run),
                effect: index(effect),
            };
            match places.get(&name).and_then(|&place| packages.get_mut(place)) {
                Some(before) => *before = package,
                None => {
                    places.insert(name, packages.len());
                    packages.push(package);
                }
            }
        }
    }
    packages
}

/// The manager and the packages of a command that installs some.
fn installed(run: &Run) -> Option<(&'static str, Vec<String>)> {
    let named = |word: &String| word.rsplit('/').next().unwrap_or_default().to_owned();
    let (manager, verb) =
        INSTALLERS.iter().find(|(manager, _)| run.argv.iter().take(2).any(|word| named(word) == *manager))?;
    let at = run.argv.iter().position(|word| word == verb)?;
    let names = run.argv.iter().skip(at + 1).filter(|word| !word.starts_with('-')).cloned();
    Some((manager, names.collect()))
}

/// The effects that make accounts, by the name of the account.
fn made(preview: &Preview) -> BTreeMap<&str, usize> {
    let mut made = BTreeMap::new();
    for (number, effect) in preview.journal.effects.iter().enumerate() {
        if let Action::Run(run) = &effect.action
            && let [program, name, ..] = run.argv.as_slice()
            && program == "useradd"
        {
            made.entry(name.as_str()).or_insert(number);
        }
    }
    made
}

/// An account that the boot has touched, with the effect that has made it.
fn account(user: &User, made: Option<usize>, preview: &Preview) -> Option<Account> {
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
