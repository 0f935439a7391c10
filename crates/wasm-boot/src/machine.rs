//! What has become of the machine.

use dryboot_core::{Action, Entry, FileNode, FileTree, MachineDescription, Preview};
use dryboot_wasm::protocol::boot::{Account, File, Key, Machine};

use crate::answer::index;

/// The machine after the boot, beside what it was before.
pub(crate) fn machine(preview: &Preview, before: &MachineDescription) -> Machine {
    let state = &preview.machine;
    let earlier = preview.machine_before(before);
    let is_touched = |account: &dryboot_core::Account| {
        account.created || account.has_password || !account.authorized_keys.is_empty()
    };
    let touched = state.accounts.iter().filter(|(_, account)| is_touched(account));
    Machine {
        hostname: state.hostname.clone(),
        accounts: touched.map(|(name, it)| account(name, it, preview)).collect(),
        files: state.files.iter().map(|(path, entry)| file(path, entry, &earlier.files)).collect(),
        modules: state.modules.iter().map(|words| words.join(" ")).collect(),
        links_down: state.links_down.clone(),
        ..Machine::default()
    }
}

fn account(name: &str, account: &dryboot_core::Account, preview: &Preview) -> Account {
    let is_about = |action: &Action| match action {
        Action::UserAdd { argv, .. } => argv.last().is_some_and(|user| user == name),
        Action::UpdateSshKeys { argv, .. } => argv.get(2).is_some_and(|user| user == name),
        Action::ChangePassword { stdin, .. } => stdin.split(':').next() == Some(name),
        _ => false,
    };
    let keys = account
        .authorized_keys
        .iter()
        .flat_map(|(set, lines)| lines.iter().map(|line| Key { set: set.clone(), text: line.clone() }));
    Account {
        name: name.to_owned(),
        created: account.created,
        password: account.has_password,
        options: without_password(&account.options),
        keys: keys.collect(),
        effect: preview.effects.iter().position(|effect| is_about(&effect.action)).map(index),
    }
}

/// The options of `useradd` without the password.
pub(crate) fn without_password(options: &[String]) -> Vec<String> {
    let mut options = options.iter();
    let mut kept = Vec::new();
    while let Some(option) = options.next() {
        if option == "--password" {
            options.next();
        } else {
            kept.push(option.clone());
        }
    }
    kept
}

/// A file, beside those of an earlier machine.
pub(crate) fn file(path: &str, entry: &Entry, earlier: &FileTree) -> File {
    let (kind, content, size) = match &entry.node {
        FileNode::File(bytes) => ("file", std::str::from_utf8(bytes).ok(), bytes.len()),
        FileNode::Directory => ("directory", None, 0),
        FileNode::Symlink(target) => ("symlink", Some(target.as_str()), target.len()),
        FileNode::Device => ("device", None, 0),
    };
    let before = entry.written_by.and_then(|_| earlier.read(path));
    File {
        path: path.to_owned(),
        kind: kind.to_owned(),
        mode: entry.mode.to_string(),
        owner: entry.owner.clone(),
        content: content.map(str::to_owned),
        before: before.and_then(|bytes| std::str::from_utf8(bytes).ok()).map(str::to_owned),
        size: index(size),
        effect: entry.written_by.map(index),
    }
}
