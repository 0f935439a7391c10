//! Faults that people make, each with the rule that finds it, and what looks wrong and works.
//!
//! `tests/faults/cloud-init/expected.tsv` has a line for each finding: the file, where it stands, how bad it is, the
//! rule, and the target that it is checked for: `-` is the newest release, and `/PLATFORM` may follow.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dryboot_cloud_init::platform::Platform;
use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Outcome, Report, Severity};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/cloud-init")
}

/// A file and whom it is checked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    file: String,
    target: String,
}

/// A finding: line and column, severity and rule.
type Found = (String, String, String);

fn checked(case: &Case, folder: &Path) -> Report {
    let bytes = std::fs::read(folder.join(&case.file)).expect(&case.file);
    let (target, platform) = case.target.split_once('/').unwrap_or((&case.target, ""));
    let target = match target {
        "-" => Target::NEWEST,
        name => Target::parse(name).expect(name),
    };
    let platform = (!platform.is_empty()).then(|| Platform::from_name(platform).expect(platform));
    let subject = Subject { platform, ..Subject::new(Kind::UserData, target.release) };
    report(&bytes, &target, &subject, &|_| true)
}

fn found(report: &Report) -> BTreeSet<Found> {
    let place = |start| {
        let position = report.lines.position(start, &report.text);
        format!("{}:{}", position.line, position.column)
    };
    report
        .diagnostics
        .iter()
        .map(|found| (place(found.span.start), found.severity.to_string(), found.rule.to_owned()))
        .collect()
}

fn expected() -> BTreeMap<Case, BTreeSet<Found>> {
    let table = std::fs::read_to_string(folder().join("expected.tsv")).expect("the table");
    let mut expected: BTreeMap<Case, BTreeSet<Found>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, place, severity, rule, target] = columns[..] else { panic!("{line}") };
        let case = Case { file: file.to_owned(), target: target.to_owned() };
        let finding = (place.to_owned(), severity.to_owned(), rule.to_owned());
        assert!(expected.entry(case).or_default().insert(finding), "{line} is there twice");
    }
    expected
}

/// The names of the files of a folder, in order.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".yaml")).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

#[test]
fn every_fault_is_found_where_it_is() {
    let mut wrong = String::new();
    for (case, expected) in expected() {
        let found = found(&checked(&case, &folder()));
        // What could be better is listed where it is the fault; other rules may have more of it to say.
        let counts = |finding: &&Found| finding.1 != "info" || expected.contains(*finding);
        let found: BTreeSet<Found> = found.iter().filter(counts).cloned().collect();
        for missing in expected.difference(&found) {
            wrong.push_str(&format!("{case:?} lacks {missing:?}\n"));
        }
        for extra in found.difference(&expected) {
            wrong.push_str(&format!("{case:?} has {extra:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_file_has_a_fault() {
    let cases = expected();
    for file in files(&folder()) {
        assert!(cases.keys().any(|case| case.file == file), "{file} is not in the table");
    }
}

#[test]
fn what_the_validator_refuses_is_explained() {
    for file in files(&folder()) {
        let report = checked(&Case { file: file.clone(), target: "-".to_owned() }, &folder());
        let is_refused = matches!(report.verdict.outcome, Outcome::Refused | Outcome::Crashed);
        let says_so = report.diagnostics.iter().any(|found| found.severity >= Severity::Warning);
        assert!(says_so || !is_refused, "nothing is said about {file}");
    }
}

#[test]
fn what_looks_wrong_and_works_is_left_alone() {
    let folder = folder().join("none");
    for file in files(&folder) {
        let report = checked(&Case { file: file.clone(), target: "-".to_owned() }, &folder);
        let alarms: Vec<_> =
            report.diagnostics.iter().filter(|found| found.severity >= Severity::Warning).collect();
        assert!(alarms.is_empty(), "{file}: {alarms:#?}");
    }
}
