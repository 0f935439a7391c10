//! Our verdict against that of the real `systemd-analyze verify`, on the units of `tests/units`
//! and on those that the machine has. Each folder there is a case: the files of a machine.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails says where")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{MISSING, VENDOR, catalog, files, installed};
use dryboot_systemd::check::{Effect, Fault, FaultKind, Role, check};
use dryboot_systemd::graph::Graph;
use dryboot_systemd::load::{Catalog, LoadState};
use dryboot_systemd::transaction::{Action, Cycle, Refusal, State, Trouble, plan};
use dryboot_systemd::{Effort, Release};
use dryboot_testing::skip;

/// Cases in which we differ, and why.
const DIFFERENCES: [(&str, &str); 1] = [(
    "refused-early",
    "systemd stops at the first line that it refuses the unit for; the others are wrong all the same",
)];

/// Cases in which the cycles depend on chance, and why.
const CHANCE: [(&str, &str); 1] = [(
    "cycle-default",
    "of two cycles, one of which cannot be broken, systemd's hash tables decide which it finds",
)];

/// What systemd says: the beginning of a message, or a part of it, and our word for the fault.
const MESSAGES: [(&str, &str); 24] = [
    ("Unknown key ", "directive"),
    ("Missing key name", "directive"),
    ("Unknown section ", "section"),
    ("Assignment outside of section", "outside"),
    ("Missing '='", "no-equals"),
    ("Invalid section header", "header"),
    ("Neither a valid executable", "relative"),
    ("Empty path in command line", "empty"),
    ("Executable path specifies a directory", "directory"),
    ("Unbalanced quoting", "quotes"),
    ("Failed to parse boolean", "boolean"),
    ("Failed to parse ", "value"),
    ("Invalid environment assignment", "environment"),
    ("Invalid syntax", "environment"),
    ("Failed to add dependency", "dependency"),
    ("Service has no ExecStart=, ExecStop=", "no-command"),
    ("Service has no ExecStart= ", "no-exec-start"),
    ("Service has more than one ExecStart=", "repeated"),
    ("Service has Restart=", "restart"),
    ("Service is of type D-Bus", "bus-name"),
    ("Unit has no Listen setting", "listen"),
    ("unit lacks ", "trigger"),
    ("match", "mismatch"),
    ("What= setting is missing", "what"),
];

fn label(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::UnknownDirective(_) | FaultKind::ForeignDirective(..) | FaultKind::FutureDirective(_) => {
            "directive"
        }
        FaultKind::UnknownSection | FaultKind::ForeignSection(_) => "section",
        FaultKind::OutsideSection => "outside",
        FaultKind::NoEquals => "no-equals",
        FaultKind::BrokenHeader => "header",
        FaultKind::RelativeCommand { .. } => "relative",
        FaultKind::EmptyCommand { .. } => "empty",
        FaultKind::DirectoryCommand { .. } => "directory",
        FaultKind::UnbalancedQuotes => "quotes",
        FaultKind::InvalidBoolean { .. } => "boolean",
        FaultKind::InvalidTimeSpan | FaultKind::InvalidChoice(_) => "value",
        FaultKind::InvalidAssignment => "environment",
        FaultKind::InvalidUnitName => "dependency",
        FaultKind::NoCommand => "no-command",
        FaultKind::NoExecStart => "no-exec-start",
        FaultKind::RepeatedExecStart => "repeated",
        FaultKind::OneshotRestart => "restart",
        FaultKind::NoBusName => "bus-name",
        FaultKind::NoListen => "listen",
        FaultKind::NoTrigger => "trigger",
        FaultKind::NameMismatch(_) => "mismatch",
        FaultKind::NoWhat => "what",
        FaultKind::ShellSyntax | FaultKind::CommentBehindValue | FaultKind::InactiveOneshot => "advice",
    }
}

/// A verdict on a unit.
#[derive(Debug, Default, PartialEq, Eq)]
struct Verdict {
    /// File below the case's folder, line, fault.
    lines: BTreeSet<(String, usize, &'static str)>,
    /// What is wrong with the unit as a whole.
    whole: BTreeSet<&'static str>,
    /// Whether it is refused.
    refused: bool,
    /// The units of all cycles.
    cycles: BTreeSet<String>,
    /// Why the unit cannot be started.
    start: Option<&'static str>,
}

fn analyze(folder: &Path, unit: &Path) -> Option<String> {
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(unit)
        .env("SYSTEMD_UNIT_PATH", format!("{}:", folder.display()))
        .output();
    output.ok().map(|output| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn theirs(folder: &Path, unit: &str) -> Option<Verdict> {
    let path = folder.join(unit);
    let text = analyze(folder, &path)?;
    let mut verdict = Verdict::default();
    let folder = format!("{}/", folder.display());
    let word = |message: &str| {
        let found = MESSAGES.iter().find(|(part, _)| message.contains(part));
        found.unwrap_or_else(|| panic!("no word for {message:?}")).1
    };
    for line in text.lines() {
        if let Some((file, rest)) = line.strip_prefix(&folder).and_then(|rest| rest.split_once(':')) {
            let (number, message) = rest.split_once(": ").expect("a line number");
            verdict.lines.insert((file.to_owned(), number.parse().expect("a number"), word(message)));
            continue;
        }
        verdict.refused |= line == format!("Unit {unit} has a bad unit file setting.")
            || line.starts_with(&format!("Unit {unit} failed to load properly"));
        let Some((of, message)) = line.split_once(": ") else { continue };
        if of == unit && (message.ends_with("Refusing.") || message.ends_with("not loading.")) {
            verdict.whole.insert(word(message));
        }
        for start in ["Found ordering cycle on ", "Found dependency on "] {
            let found = message.strip_prefix(start).and_then(|rest| rest.strip_suffix("/start"));
            verdict.cycles.extend(found.map(str::to_owned));
        }
        if message.starts_with("Failed to create ") {
            let reasons = [("not found", "not-found"), ("is masked", "masked"), ("cyclic", "cycle")];
            verdict.start = reasons.iter().find(|(part, _)| message.contains(part)).map(|(_, word)| *word);
        }
    }
    Some(verdict)
}

/// systemd counts a continued line by its last one.
fn line_of(text: &str, fault: &Fault) -> usize {
    let end = fault.span.end.max(fault.span.start);
    let below = text[end..].lines().take_while(|line| line.ends_with('\\')).count();
    text[..end].matches('\n').count() + 1 + below
}

fn ours(catalog: &Catalog, unit: &str, release: Release) -> Verdict {
    let mut verdict = Verdict::default();
    let graph = Graph::new(catalog, [unit], release, &Effort::unlimited());
    // As systemd does, with all units that are loaded along.
    for (_, loaded) in graph.nodes() {
        for path in &loaded.files {
            let Some(name) = path.strip_prefix("/etc/systemd/system/") else { continue };
            let text = catalog.text(path);
            for fault in check(text, &loaded.name, Role::DropIn, release) {
                if fault.effect(release) != Effect::None {
                    verdict.lines.insert((name.to_owned(), line_of(text, &fault), label(&fault.kind)));
                }
            }
        }
    }
    let node = graph.find(unit).expect("the unit");
    if let LoadState::Refused { fault, .. } = &graph.unit(node).state {
        verdict.refused = true;
        if !fault.kind.to_string().is_empty() && is_whole(&fault.kind) {
            verdict.whole.insert(label(&fault.kind));
        }
    }
    let units = |cycle: &Cycle| -> Vec<String> {
        cycle.steps.iter().map(|(unit, _)| graph.unit(*unit).name.clone()).collect()
    };
    match plan(&graph, node, Action::Start, &State::default(), &Effort::unlimited()) {
        Ok(transaction) => verdict.cycles.extend(transaction.cycles.iter().flat_map(units)),
        Err(Refusal::Cycle(cycle)) => {
            verdict.cycles.extend(units(&cycle));
            verdict.start = Some("cycle");
        }
        Err(Refusal::Unit { path, trouble }) if !path.is_empty() => {
            verdict.start = match trouble {
                Trouble::NotFound(_) => Some("not-found"),
                Trouble::Masked(_) => Some("masked"),
                _ => None,
            };
        }
        Err(_) => {}
    }
    verdict
}

fn is_whole(kind: &FaultKind) -> bool {
    matches!(
        label(kind),
        "no-command"
            | "no-exec-start"
            | "repeated"
            | "restart"
            | "bus-name"
            | "listen"
            | "trigger"
            | "mismatch"
            | "what"
    )
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/units");
    let entries = fs::read_dir(folder).expect("the cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

#[test]
fn units_are_judged_as_systemd_analyze_does() {
    let Some(release) = installed() else { return skip(MISSING) };
    let (mut compared, mut differences) = (0, Vec::new());
    for case in cases() {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let catalog = catalog(&case);
        let machine = tempfile::tempdir().expect("a folder");
        for (path, text) in files(&case) {
            let path = machine.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text.expect("a file")).expect("a file");
        }
        for (unit, _) in files(&case) {
            if unit.contains('/') || unit.contains('@') {
                continue;
            }
            compared += 1;
            let mut theirs = theirs(machine.path(), &unit).expect("systemd-analyze runs");
            let mut ours = ours(&catalog, &unit, release);
            if CHANCE.iter().any(|(case, _)| *case == name) {
                assert_eq!(theirs.cycles.is_empty(), ours.cycles.is_empty(), "{name}/{unit}");
                (theirs.cycles, ours.cycles) = Default::default();
            }
            let differs = DIFFERENCES.iter().any(|(case, _)| *case == name);
            if (theirs == ours) == differs {
                differences.push(format!("{name}/{unit}:\n  systemd: {theirs:?}\n  dryboot: {ours:?}"));
            }
        }
    }
    assert!(compared > 60, "only {compared} units");
    assert!(differences.is_empty(), "{} of {compared}\n{}", differences.len(), differences.join("\n"));
}

/// What a distribution ships is right: any fault that we find there is systemd's, too.
#[test]
fn the_units_of_the_machine_have_no_fault() {
    let Some(release) = installed() else { return skip(MISSING) };
    let mut judged = 0;
    for (name, text) in files(Path::new(VENDOR)) {
        let unit = name.split('/').next().unwrap_or_default();
        let (unit, role) = unit.strip_suffix(".d").map_or((unit, Role::Unit), |unit| (unit, Role::DropIn));
        let Ok(text) = text else { continue };
        judged += 1;
        let faults = check(&text, unit, role, release);
        let faults: Vec<_> = faults.iter().filter(|fault| fault.effect(release) != Effect::None).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
    println!("{judged} units of the machine");
}
