use std::collections::{BTreeMap, BTreeSet};

use dryboot_systemd::check::{Role, is_command};
use dryboot_systemd::file::{Assignment, LineKind, lines};
use dryboot_systemd::{Release, Span, name, words};

use crate::UnitFile;

/// What systemd sets itself (`systemd.exec(5)`, "Environment variables in spawned processes"), and what every shell does.
const SET: [&str; 32] = [
    "CACHE_DIRECTORY",
    "CONFIGURATION_DIRECTORY",
    "CREDENTIALS_DIRECTORY",
    "EXIT_CODE",
    "EXIT_STATUS",
    "HOME",
    "HOSTNAME",
    "IFS",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "LANG",
    "LISTEN_FDNAMES",
    "LISTEN_FDS",
    "LISTEN_PID",
    "LOGNAME",
    "LOGS_DIRECTORY",
    "MAINPID",
    "MANAGERPID",
    "NOTIFY_SOCKET",
    "PATH",
    "PIDFILE",
    "PWD",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "RUNTIME_DIRECTORY",
    "SERVICE_RESULT",
    "SHELL",
    "STATE_DIRECTORY",
    "TERM",
    "USER",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
];

/// How many variables of a command are looked at: each is looked for in the whole command.
const VARIABLES: usize = 100;

/// A variable in a command of a service that nothing sets: it is empty there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset {
    /// The file, by its index.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The key of the command.
    pub key_span: Span,
}

impl Unset {
    /// What it is, and what becomes of it.
    #[must_use]
    pub fn message(&self, unit: &str) -> String {
        format!("nothing sets `{}` in `{unit}`, so it is empty", self.name)
    }

    /// What to do.
    pub const HELP: &'static str =
        "set it with `Environment=` or `EnvironmentFile=` in the section `[Service]`";
}

/// The variables that nothing sets, but for those that the program around knows to be set; by unit, the first of each name in
/// a file.
pub fn unset_variables(
    files: &[&UnitFile<'_>],
    release: Release,
    is_set: impl Fn(&str) -> bool,
) -> Vec<Unset> {
    let mut units: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| name::suffix(&file.unit) == "service") {
        units.entry(&file.unit).or_default().push(index);
    }
    let mut unset = Vec::new();
    for own in units.values() {
        // Of a unit that is elsewhere, nobody knows what it sets.
        let is_here = own.iter().any(|&index| files[index].role == Role::Unit);
        if !is_here || !own.iter().any(|&index| files[index].text.contains('$')) {
            continue;
        }
        let Some(set) = set_by(own.iter().map(|&index| files[index]), release) else { continue };
        for &file in own {
            let mut told = BTreeSet::new();
            for assignment in
                service(&files[file].text, release).filter(|assignment| is_command(assignment.key))
            {
                for (name, span) in variables(&assignment).into_iter().take(VARIABLES) {
                    let is_set = set.contains(name) || SET.contains(&name) || is_set(name);
                    if !is_set && !is_set_by_shell(&assignment.value, name) && told.insert(name.to_owned()) {
                        let key_span = assignment.key_span;
                        unset.push(Unset { file, name: name.to_owned(), span, key_span });
                    }
                }
            }
        }
    }
    unset
}

/// The files that units take variables from.
#[must_use]
pub fn environment_files(files: &[&UnitFile<'_>], release: Release) -> BTreeSet<String> {
    let of_file = |file: &&UnitFile<'_>| {
        let named = |kind| match kind {
            LineKind::Assignment(assignment) if assignment.key == "EnvironmentFile" => {
                Some(assignment.value.trim_start_matches('-').to_owned())
            }
            _ => None,
        };
        lines(&file.text, release).filter_map(|line| named(line.kind)).collect::<Vec<_>>()
    };
    // Most have none, which is the cheaper question.
    files.iter().filter(|file| file.text.contains("EnvironmentFile")).flat_map(of_file).collect()
}

/// Each `export` in front of an assignment in a file of variables. systemd ignores the line.
#[must_use]
pub fn exports(text: &str) -> Vec<Span> {
    const EXPORT: &str = "export ";
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let at = start + line.len() - line.trim_start().len();
        start += line.len();
        if text[at..].starts_with(EXPORT) && line.contains('=') {
            found.push(Span::new(at, at + EXPORT.len()));
        }
    }
    found
}

/// The variables that the files of a unit set; none where another file sets some.
fn set_by<'f>(files: impl Iterator<Item = &'f UnitFile<'f>>, release: Release) -> Option<BTreeSet<String>> {
    let mut set = BTreeSet::new();
    for file in files {
        for assignment in service(&file.text, release) {
            let (words, _) = words::split(&assignment.value);
            let names = words.iter().map(|word| word.text.split('=').next().unwrap_or_default().to_owned());
            match assignment.key {
                "EnvironmentFile" if !assignment.value.is_empty() => return None,
                "Environment" | "PassEnvironment" => set.extend(names),
                _ => {}
            }
        }
    }
    Some(set)
}

/// The settings of the section `[Service]`.
fn service(text: &str, release: Release) -> impl Iterator<Item = Assignment<'_>> {
    let mut section = "";
    lines(text, release).filter_map(move |line| match line.kind {
        LineKind::Section(name) => {
            section = name;
            None
        }
        LineKind::Assignment(assignment) => (section == "Service").then_some(assignment),
        _ => None,
    })
}

/// What systemd replaces in a command: `${NAME}` anywhere, `$NAME` where it is a word of its own.
fn variables<'a>(assignment: &'a Assignment<'_>) -> Vec<(&'a str, Span)> {
    let value = &*assignment.value;
    let mut found = Vec::new();
    for (at, _) in value.match_indices('$') {
        if value[..at].ends_with(['$', '\\']) {
            continue;
        }
        let rest = &value[at + 1..];
        let (braced, inside) = match rest.strip_prefix('{') {
            Some(inside) => (true, inside),
            None => (false, rest),
        };
        let length = inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let (name, behind) = inside.split_at(length);
        let begins_word = value[..at].is_empty() || value[..at].ends_with([' ', '\t']);
        let ends_word = behind.is_empty() || behind.starts_with([' ', '\t']);
        let is_replaced = if braced { behind.starts_with('}') } else { begins_word && ends_word };
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if is_replaced && is_name {
            let end = at + 1 + length + if braced { 2 } else { 0 };
            found.push((name, assignment.part(at, end)));
        }
    }
    found
}

/// Whether the command has a script that sets a variable for itself.
fn is_set_by_shell(command: &str, name: &str) -> bool {
    [format!("{name}="), format!("for {name} "), format!("read {name}"), format!("read -r {name}")]
        .iter()
        .any(|set| command.contains(set))
}
