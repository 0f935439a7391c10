//! The boot as a person reads it.

use std::collections::HashSet;
use std::fmt;

use dryboot_machine::{Stage, State, Step};
use foldhash::fast::RandomState;

use crate::journal::{Action, Effect, Journal, ModuleResult, Run, Stage as OwnStage, Step as OwnStep};
use crate::preview::Preview;

impl Preview {
    /// The stages of all boots with their steps, for people.
    #[must_use]
    pub fn story(&self) -> Vec<Stage> {
        self.told_from(1)
    }

    /// The same of the last boot alone.
    #[must_use]
    pub fn last_boot(&self) -> Vec<Stage> {
        let last = self.journal.stages.last().map_or(1, |stage| stage.boot);
        self.told_from(last)
    }

    /// The stages of the boots from one on. Each boot begins with how its data source is recognised.
    fn told_from(&self, first: u32) -> Vec<Stage> {
        let of_boots = self.journal.stages.iter().filter(|stage| stage.boot >= first);
        let mut stages: Vec<Stage> = of_boots.map(|stage| self.told(stage)).collect();
        if stages.is_empty() {
            let steps = self.identified.told().into_iter().collect();
            stages.push(Stage { name: "before cloud-init".to_owned(), steps });
        }
        stages
    }

    fn told(&self, own: &OwnStage) -> Stage {
        let name = match own.boot {
            1 => format!("{} stage", own.name),
            boot => format!("{} stage of boot {boot}", own.name),
        };
        let recognised = self.identified.told().filter(|_| own.name == "local");
        let steps = own.steps.iter().filter_map(|step| told(&self.journal, step));
        Stage { name, steps: recognised.into_iter().chain(steps).collect() }
    }
}

/// A step for people; none for one in which nothing happens.
fn told(journal: &Journal, own: &OwnStep) -> Option<Step> {
    let effects: Vec<usize> =
        own.effects.iter().copied().filter(|number| is_told(&journal.effects[*number], &own.name)).collect();
    let result = own.module.as_ref().and_then(|module| module.result);
    let state = match result {
        Some(ModuleResult::Failed) => State::Failed,
        Some(ModuleResult::AlreadyRan | ModuleResult::NoConfig | ModuleResult::OtherDistro) => State::Skipped,
        _ => State::Done,
    };
    let why = own
        .module
        .as_ref()
        .and_then(|module| module.exception.as_ref())
        .map(|error| error.text.clone())
        .or_else(|| {
            (result == Some(ModuleResult::AlreadyRan)).then(|| "it has run in this instance".to_owned())
        })
        .or_else(|| own.messages.first().map(|message| message.text.clone()));
    if effects.is_empty() && why.is_none() && result != Some(ModuleResult::AlreadyRan) {
        return None;
    }
    let all = effects.iter().flat_map(|number| &*journal.effects[*number].causes);
    let mut seen = HashSet::with_hasher(RandomState::default());
    let causes = all.filter(|cause| seen.insert(*cause)).cloned().collect();
    if result == Some(ModuleResult::AlreadyRan) {
        let why = "done at an earlier boot, and not again";
        return Some(Step::done("cloud-init", own.name.clone()).ended(State::Skipped, why));
    }
    let doings = summary(effects.iter().map(|number| &journal.effects[*number].action));
    let what = match &own.module {
        Some(module) => format!("{doings}, {}", how_often(&module.frequency)),
        None => phrase(&own.name).to_owned(),
    };
    let who = own.module.as_ref().map_or("cloud-init", |_| own.name.as_str());
    Some(Step { who: who.to_owned(), what, state, why, effects, causes, ..Step::default() })
}

/// The parts of a stage, in words.
const PHRASES: [(&str, &str); 11] = [
    ("(stage)", "the stage itself"),
    ("fetch-datasource", "looks for the data source"),
    ("network-config", "configures the network"),
    ("early-hostname", "sets the host name of the metadata"),
    ("read-user-data", "takes the user-data apart"),
    ("consume-user-data", "hands each part to what reads it"),
    ("consume-vendordata", "hands on the vendor-data"),
    ("consume-vendordata2", "hands on the second vendor-data"),
    ("schema-check", "checks the merged config"),
    ("activate-datasource", "sets up the data source"),
    ("power_state condition", "finds out whether to shut down"),
];

fn phrase(name: &str) -> &str {
    PHRASES.iter().find(|(known, _)| name.starts_with(known)).map_or(name, |(_, phrase)| phrase)
}

/// What is done, by number.
fn summary<'a>(actions: impl Iterator<Item = &'a Action>) -> String {
    let (mut files, mut commands, mut others) = (0, 0, 0);
    for action in actions {
        match action {
            Action::WriteFile(_) => files += 1,
            Action::Run(_) => commands += 1,
            _ => others += 1,
        }
    }
    let counted = |count: usize, verb: &str, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("{verb} {one}")),
        _ => Some(format!("{verb} {count} {many}")),
    };
    let parts: Vec<String> = [
        counted(files, "writes", "a file", "files"),
        counted(commands, "runs", "a command", "commands"),
        counted(others, "does", "one thing", "other things"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "does nothing".to_owned() } else { parts.join(", ") }
}

/// When a module runs.
fn how_often(frequency: &str) -> &str {
    match frequency {
        "always" => "at every boot",
        "once-per-instance" => "once per instance",
        "once" => "once ever",
        other => other,
    }
}

/// Whether an effect is worth telling: commands that only ask for something are not.
fn is_told(effect: &Effect, step: &str) -> bool {
    const PROBES: [&str; 14] = [
        "blkid",
        "lsblk",
        "udevadm",
        "systemd-detect-virt",
        "dpkg",
        "lsb_release",
        "apt-config",
        "sshd",
        "findmnt",
        "getent",
        "rpm",
        "apt-cache",
        "hostname",
        "gpgconf",
    ];
    match &effect.action {
        Action::Run(Run { argv, .. }) => {
            let words: Vec<&str> = argv.iter().map(String::as_str).collect();
            let asks = matches!(
                words.as_slice(),
                ["systemctl", "is-enabled" | "show", ..] | ["growpart", "--help" | "--dry-run", ..]
            );
            let is_bare = words.len() == 1 || words.first() != Some(&"hostname");
            !(asks || is_bare && words.first().is_some_and(|name| PROBES.contains(name)))
        }
        // Each stage begins with the version and the time.
        Action::Console { text } => step != "(stage)" && !text.trim().is_empty(),
        Action::Output { .. } | Action::Background { .. } => false,
        _ => true,
    }
}

impl Run {
    /// The command on one line, without its secrets: messages and logs of CI jobs are no place for them.
    #[must_use]
    pub fn line(&self) -> String {
        self.shell.clone().unwrap_or_else(|| hidden(&self.argv).join(" "))
    }
}

impl Action {
    /// Its kind, as in data.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Run(_) => "run",
            Self::WriteFile(_) => "write_file",
            Self::WriteDevice { .. } => "write_device",
            Self::Mkdir { .. } => "mkdir",
            Self::Delete { .. } => "delete",
            Self::Symlink { .. } => "symlink",
            Self::Rename { .. } => "rename",
            Self::Chmod { .. } => "chmod",
            Self::Chown { .. } => "chown",
            Self::Http { .. } => "http",
            Self::Output { .. } => "output",
            Self::Console { .. } => "console",
            Self::Background { .. } => "background",
            Self::PowerState { .. } => "power_state",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&described(self))
    }
}

/// An action in a few words.
fn described(action: &Action) -> String {
    match action {
        Action::Run(run) => {
            let line = run.line();
            match (run.exit, run.error) {
                (Some(exit), _) => format!("runs `{line}`, which ends with exit code {exit}"),
                (_, Some(why)) => format!("cannot run `{line}`: {why}"),
                _ => format!("runs `{line}`"),
            }
        }
        Action::WriteFile(file) => {
            let verb = if file.append {
                "adds to"
            } else if file.existed {
                "replaces"
            } else {
                "writes"
            };
            let owner = file.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
            format!("{verb} `{}` (mode {}{owner})", file.path, file.mode)
        }
        Action::WriteDevice { path } => format!("writes to `{path}`"),
        Action::Mkdir { path, .. } => format!("makes the directory `{path}`"),
        Action::Delete { path, .. } => format!("removes `{path}`"),
        Action::Symlink { path, target } => format!("links `{path}` to `{target}`"),
        Action::Rename { path, to } => format!("renames `{path}` to `{to}`"),
        Action::Chmod { path, mode } => format!("sets the mode of `{path}` to {mode}"),
        Action::Chown { path, owner } => format!("gives `{path}` to `{owner}`"),
        Action::Http { method: "GET", url, status, .. } => match status {
            Some(status) => format!("fetches {url}, which answers {status}"),
            None => format!("fetches {url}, which does not answer"),
        },
        Action::Http { url, .. } => format!("sends a message to {url}"),
        Action::Output { stdout, .. } => format!("sends output to {stdout}"),
        Action::Console { text } => {
            format!("prints `{}`", text.trim_end().lines().next().unwrap_or_default())
        }
        Action::Background { .. } => "goes on in the background".to_owned(),
        Action::PowerState { argv, condition_met, .. } => match condition_met {
            Some(false) => format!("would run `{}`, but its condition does not hold", argv.join(" ")),
            _ => format!("runs `{}` once cloud-init has ended", argv.join(" ")),
        },
    }
}

/// Words of a command without its secrets.
fn hidden(argv: &[String]) -> Vec<String> {
    let mut is_secret = false;
    argv.iter()
        .map(|word| {
            let hides = std::mem::replace(&mut is_secret, word == "--password");
            match word.split_once("--password=") {
                Some(_) => "--password=***".to_owned(),
                None if hides => "***".to_owned(),
                None => word.clone(),
            }
        })
        .collect()
}
