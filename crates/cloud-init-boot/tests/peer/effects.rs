//! What a boot does, in the form in which ours and that of cloud-init itself are compared.

use std::collections::BTreeMap;

use base64::prelude::*;
use dryboot_cloud_init_boot::{Action, Preview, Step};
use dryboot_machine::{Entry, Node};
use serde::{Deserialize, Deserializer, de};

/// The modules that are run, by stage, as cloud-init 22.4.2 names them.
pub(crate) const MODULES: [(&str, &[&str]); 3] = [
    (
        "cloud_init_modules",
        &["bootcmd", "write-files", "set_hostname", "users-groups", "ssh", "set-passwords"],
    ),
    ("cloud_config_modules", &["runcmd"]),
    ("cloud_final_modules", &["write-files-deferred", "ssh-authkey-fingerprints"]),
];

/// Folders with what is not compared: what both keep for themselves, the network, which is not set up, and host keys, which
/// the commands would make that are only noted.
const LEFT_OUT: [&str; 5] = ["/run/", "/var/log/", "/var/lib/cloud/", "/etc/netplan/", "/etc/ssh/ssh_host_"];

/// Where scripts are.
const SCRIPTS: &str = "/var/lib/cloud/instance/scripts/";

/// All effects of a boot.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Effects {
    pub(crate) commands: Vec<Command>,
    /// The files that were made or changed.
    pub(crate) files: BTreeMap<String, File>,
    /// The modules that fail.
    pub(crate) failed: Vec<String>,
}

/// A command that a module runs.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Command {
    pub(crate) module: Option<String>,
    argv: Vec<String>,
    stdin: Option<String>,
    script: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct File {
    mode: String,
    owner: String,
    #[serde(deserialize_with = "from_base64")]
    content: Vec<u8>,
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD.decode(text).map_err(de::Error::custom)
}

impl Effects {
    /// Those of a preview.
    pub(crate) fn of(preview: &Preview) -> Self {
        let steps =
            || preview.journal.stages.iter().flat_map(|stage| &stage.steps).filter(|step| is_run(step));
        let commands = steps().flat_map(|step| commands(preview, step)).collect();
        let recorded = preview.recorded();
        let changed = recorded["machine"]["files"].as_object();
        let files = changed.into_iter().flatten().filter_map(|(path, _)| {
            let entry = preview.files.entry(path)?;
            Some((path.clone(), file(entry)?))
        });
        let failed =
            steps().filter(|step| step.module.as_ref().is_some_and(|module| module.exception.is_some()));
        Self { commands, files: files.collect(), failed: failed.map(|step| step.name.clone()).collect() }
    }

    /// Without what is not compared, and without what differs from run to run.
    pub(crate) fn comparable(mut self) -> Self {
        self.commands.retain(|command| command.module.is_some());
        self.files.retain(|path, _| {
            path.starts_with(SCRIPTS) || !LEFT_OUT.iter().any(|left| path.starts_with(left))
        });
        for (path, file) in &mut self.files {
            if path.ends_with("/authorized_keys") {
                // They come out of a set.
                file.content = sorted(&file.content);
            } else if path.starts_with("/etc/sudoers.d/") {
                // The first line has the date.
                let end = file.content.iter().position(|byte| *byte == b'\n').unwrap_or_default();
                file.content.drain(..end);
            }
        }
        self
    }

    /// What one side has alone.
    pub(crate) fn differences(&self, theirs: &Self) -> impl Iterator<Item = String> {
        let [ours, theirs] = [self, theirs].map(Self::lines);
        let missing = theirs.iter().filter(|line| !ours.contains(line)).map(|line| format!("not {line}"));
        let extra = ours.iter().filter(|line| !theirs.contains(line)).map(|line| format!("but {line}"));
        let order = ours != theirs;
        let found: Vec<String> = missing.chain(extra).collect();
        let order =
            (order && found.is_empty()).then(|| format!("another order: {ours:#?} instead of {theirs:#?}"));
        found.into_iter().chain(order)
    }

    /// A line for each effect.
    fn lines(&self) -> Vec<String> {
        let commands = self.commands.iter().map(|command| format!("{command:?}"));
        let files = self.files.iter().map(|(path, file)| {
            let File { mode, owner, content } = file;
            format!("{path} {mode} {owner} {:?}", String::from_utf8_lossy(content))
        });
        let failed = self.failed.iter().map(|module| format!("{module} fails"));
        commands.chain(files).chain(failed).collect()
    }
}

fn sorted(content: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines.concat()
}

/// Whether it is one of the modules that are run, by our names.
fn is_run(step: &Step) -> bool {
    MODULES.iter().flat_map(|(_, modules)| *modules).any(|module| module.replace('-', "_") == step.name)
}

fn commands<'p>(preview: &'p Preview, step: &'p Step) -> impl Iterator<Item = Command> + 'p {
    let actions = step.effects.iter().map(|number| &preview.journal.effects[*number].action);
    actions.filter_map(|action| match action {
        Action::Run(run) => Some(Command {
            module: Some(step.name.clone()),
            argv: run.argv.clone(),
            stdin: run.stdin.clone(),
            script: run.script.clone(),
        }),
        _ => None,
    })
}

fn file(entry: &Entry) -> Option<File> {
    let Node::File(content) = &entry.node else { return None };
    let owner = entry.owner.clone().unwrap_or_else(|| "root:root".to_owned());
    Some(File { mode: format!("{:04o}", entry.mode.bits), owner, content: content.clone() })
}
