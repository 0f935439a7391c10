use std::collections::{BTreeMap, BTreeSet};

use crate::Target;
use dryboot_systemd::check::{Role, is_command};
use dryboot_systemd::file::{Assignment, LineKind, lines};
use dryboot_systemd::{Release, name, words};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::has_variable;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{UnitFile, release};
use dryboot_lint::{Edit, Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unset-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unset_variable.md"),
    scope: Scope::Absent,
    check,
};

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

fn check(context: &mut Context<'_>) {
    let release = release(context.document.target);
    let files = context.unit_files();
    let mut units: BTreeMap<&str, Vec<&UnitFile<'_>>> = BTreeMap::new();
    for file in files.iter().filter(|file| name::suffix(&file.unit) == "service") {
        units.entry(&file.unit).or_default().push(file);
    }
    for files in units.values() {
        // Of a unit that is elsewhere, nobody knows what it sets.
        if !files.iter().any(|file| file.role == Role::Unit) {
            continue;
        }
        let Some(set) = set_by(files, release) else { continue };
        for file in files {
            report(context, file, &set, release);
        }
    }
}

/// The variables that the files of a unit set; none where another file sets some.
fn set_by(files: &[&UnitFile<'_>], release: Release) -> Option<BTreeSet<String>> {
    let mut set = BTreeSet::new();
    for file in files {
        for assignment in assignments(file.text, release) {
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

fn report(context: &mut Context<'_>, file: &UnitFile<'_>, set: &BTreeSet<String>, release: Release) {
    let document = context.document;
    let mut told = BTreeSet::new();
    for assignment in assignments(file.text, release).filter(|assignment| is_command(assignment.key)) {
        for (name, span) in variables(&assignment) {
            let is_set = set.contains(name) || SET.contains(&name) || has_variable(&format!("${name}"));
            if is_set || is_set_by_shell(&assignment.value, name) || !told.insert(name.to_owned()) {
                continue;
            }
            let is_of_image = name.starts_with("COREOS_");
            let help = match is_of_image {
                true => "the addresses of the machine come with `EnvironmentFile=/etc/environment`",
                false => "set it with `Environment=` or `EnvironmentFile=` in the section `[Service]`",
            };
            let finding = context
                .report(
                    file.place(document, span),
                    format!("nothing sets `{name}` in `{}`: it is empty there", file.unit),
                )
                .path_of(file.node)
                .help(help);
            let Some(key) = file.exact(document, assignment.key_span).filter(|_| is_of_image) else {
                continue;
            };
            let line = document.text()[..key.start].rfind('\n').map_or(0, |at| at + 1);
            let indentation = &document.text()[line..key.start];
            let text = format!("EnvironmentFile=/etc/environment\n{indentation}");
            let edit = Edit { span: Span::empty(key.start), text };
            finding.fix_all(Safety::Unsafe, "add `EnvironmentFile=/etc/environment`", vec![edit]);
        }
    }
}

/// The settings of the section `[Service]`.
fn assignments(text: &str, release: Release) -> impl Iterator<Item = Assignment<'_>> {
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
