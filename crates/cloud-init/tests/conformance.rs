//! The verdict against what `cloud-init schema` said, as recorded in `tests/conformance/cloud-init`.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::lint::lint;
use dryboot_cloud_init::verdict::{Cause, Complaint, Judged, Kind, Outcome, Subject, judge};
use dryboot_schema::{ProblemKind, Release};
use serde_json::Value;

const NEWEST: Release = Release::new(26, 2);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init")
}

fn read(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn recordings(folder: &Path, suffix: &str) -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder).expect("the folder of recordings");
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(suffix).map(str::to_owned))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names.into_iter().map(|name| (name.clone(), read(&folder.join(name + suffix)))).collect()
}

fn judged(input: &Path, recording: &Value, release: Release) -> Judged {
    let bytes = std::fs::read(input).expect("the input of a recording");
    let kind =
        if recording["schema_type"] == "network-config" { Kind::NetworkConfig } else { Kind::UserData };
    let data = std::fs::read_to_string(folder().join("instance-data.json")).expect("instance data");
    let data = InstanceData::parse(&data).expect("a JSON object");
    judge(&bytes, &Subject { instance_data: Some(&data), ..Subject::new(kind, release) })
}

/// Recorded paths have Python's escapes for what is not ASCII or not visible.
fn unescaped(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let digits = match after.as_bytes().first() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            _ => 0,
        };
        let code = after.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32).filter(|_| digits > 0) {
            Some(char) => {
                text.push(char);
                rest = &after[digits + 1..];
            }
            None => {
                text.push('\\');
                rest = after;
            }
        }
    }
    text + rest
}

type Places = BTreeSet<(String, Option<u64>)>;

fn expected_errors(recording: &Value) -> Places {
    let mut places = Places::new();
    for error in recording["errors"].as_array().into_iter().flatten() {
        let path = error["path"].as_str().unwrap_or_default();
        if path.is_empty() {
            for unexpected in error["unexpected"].as_array().into_iter().flatten() {
                let key =
                    unexpected["key"].as_str().map_or_else(|| unexpected["key"].to_string(), str::to_owned);
                places.insert((key, unexpected["line"].as_u64()));
            }
        } else {
            places.insert((unescaped(path), error["true_line"].as_u64()));
        }
    }
    places
}

fn places(complaints: &[Complaint], expected: &Places) -> Places {
    let without_line: BTreeSet<&str> =
        expected.iter().filter(|(_, line)| line.is_none()).map(|(path, _)| path.as_str()).collect();
    complaints
        .iter()
        .map(|complaint| {
            let line = (!without_line.contains(complaint.path.as_str())).then_some(complaint.line as u64);
            (complaint.path.clone(), line)
        })
        .collect()
}

#[test]
fn the_verdict_of_the_newest_release_is_the_recorded_one() {
    let folder = folder();
    let mut differences = Vec::new();
    let recordings = recordings(&folder, ".want.json");
    let count = recordings.len();
    for (name, recording) in recordings {
        let judged = judged(&folder.join(format!("{name}.in")), &recording, NEWEST);
        let verdict = &judged.verdict;
        let outcome = match &recording {
            recording if recording["peer_crash"].is_string() => Outcome::Crashed,
            recording if recording["evaluated"] == false => Outcome::NotEvaluated,
            recording if recording["valid"] == true => Outcome::Accepted,
            _ => Outcome::Refused,
        };
        if verdict.outcome != outcome {
            differences.push(format!(
                "{name}: {:?}, not {outcome:?} {:?}",
                verdict.outcome,
                verdict.errors.first().map(|e| (&e.path, &e.cause))
            ));
            continue;
        }
        if outcome == Outcome::Crashed {
            continue;
        }
        let expected = expected_errors(&recording);
        let syntax = matches!(
            verdict.errors.first().map(|error| &error.cause),
            Some(Cause::Syntax(_) | Cause::Header | Cause::NotAMapping | Cause::Template(_))
        );
        let found = places(&verdict.errors, &expected);
        if syntax {
            if let Some((path, _)) = expected.iter().next()
                && *path != verdict.errors[0].path
            {
                differences.push(format!("{name}: {} for {path}", verdict.errors[0].path));
            }
        } else if found != expected {
            differences.push(format!("{name}: errors {found:?}, not {expected:?}"));
        }
        let deprecated: BTreeSet<(String, String)> = verdict
            .deprecations
            .iter()
            .filter_map(|complaint| match &complaint.cause {
                Cause::Schema(problem) => match problem.kind {
                    ProblemKind::Deprecated(deprecated) => {
                        Some((complaint.path.clone(), deprecated.version.to_string()))
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let expected: BTreeSet<(String, String)> = recording["deprecations"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| {
                let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                (text("path"), text("version"))
            })
            .collect();
        if deprecated != expected {
            differences.push(format!("{name}: deprecations {deprecated:?}, not {expected:?}"));
        }
    }
    assert!(differences.is_empty(), "{} of {count} differ:\n{}", differences.len(), differences.join("\n"));
}

/// A text with a carrier of parts is none to the validator, and a boot reads it all the same.
#[test]
fn what_is_not_accepted_has_a_finding() {
    let folder = folder();
    let mut silent = Vec::new();
    for (name, recording) in recordings(&folder, ".want.json") {
        let bytes = std::fs::read(folder.join(format!("{name}.in"))).expect("the input of a recording");
        let kind =
            if recording["schema_type"] == "network-config" { Kind::NetworkConfig } else { Kind::UserData };
        let is_carrier = [&b"\x1f\x8b"[..], b"Content-Type", b"MIME-Version", b"From "];
        if is_carrier.iter().any(|start| bytes.starts_with(start)) {
            continue;
        }
        let subject = Subject::new(kind, NEWEST);
        let is_accepted =
            matches!(judge(&bytes, &subject).verdict.outcome, Outcome::Accepted | Outcome::NotEvaluated);
        if !is_accepted && lint(&bytes, &subject, &|_| true).diagnostics.is_empty() {
            silent.push(name);
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "refused or crashed without a word");
}

/// Accepted or refused, as the exit code of the release told, with errors at the same paths.
#[test]
fn older_releases_accept_and_refuse_what_they_did() {
    let folder = folder().join("versions");
    let mut differences = Vec::new();
    let mut count = 0;
    for (name, recording) in recordings(&folder, ".versions.json") {
        let input = folder.join(recording["input"].as_str().expect("an input"));
        for (version, expected) in by_version(&recording) {
            let release = Release::parse(&version).expect("a release");
            if release < Release::new(20, 1) && is_refused_by_old_pyyaml(expected) {
                continue;
            }
            count += 1;
            let judged = judged(&input, &recording, release);
            let accepted = matches!(judged.verdict.outcome, Outcome::Accepted | Outcome::NotEvaluated);
            if accepted != (expected["exit"] == 0) {
                let reason = judged.verdict.errors.first().map(|error| (&error.path, &error.cause));
                let mut reason = format!("{reason:?}");
                reason.truncate(200);
                differences.push(format!(
                    "{name}@{version}: {:?}, {reason}, {}",
                    judged.verdict.outcome, expected["errors"]
                ));
                continue;
            }
            // Before 18.3, a refusal of the whole has the path `header` or `format` and no place.
            let has_places = release >= Release::new(18, 3) && judged.verdict.outcome == Outcome::Refused;
            let Some(wanted) = error_paths(expected).filter(|_| has_places) else { continue };
            let found: BTreeSet<String> =
                judged.verdict.errors.iter().map(|error| error.path.clone()).collect();
            if found != wanted {
                differences.push(format!("{name}@{version}: errors {found:?}, not {wanted:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{} of {count} differ:\n{}", differences.len(), differences.join("\n"));
}

/// PyYAML before 5.1 minds a colon in a flow collection and characters beyond the basic plane. Nothing that is
/// supported ships it, so the dialect is that of PyYAML 6.
fn is_refused_by_old_pyyaml(expected: &Value) -> bool {
    let words = ["while scanning a plain scalar", "special characters are not allowed"];
    let message = expected["errors"][0]["message"].as_str().unwrap_or_default();
    words.iter().any(|words| message.contains(words))
}

/// Where the errors are. None when one has no path: several keys are unknown, or nothing could be read.
fn error_paths(recorded: &Value) -> Option<BTreeSet<String>> {
    let listed = recorded["errors"].as_array().into_iter().flatten().map(|error| &error["path"]);
    let paths = listed.chain(recorded["error_paths"].as_array().into_iter().flatten());
    let paths: BTreeSet<String> = paths.filter_map(|path| Some(unescaped(path.as_str()?))).collect();
    (!paths.contains("")).then_some(paths)
}

/// What was recorded for each release that is not an environment of its own kind.
fn by_version(recording: &Value) -> Vec<(String, &Value)> {
    let mut all = Vec::new();
    let names = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    all.extend(names(&recording["same_as_26.2"]).into_iter().map(|version| (version, &recording["26.2"])));
    for group in recording["differs"].as_array().into_iter().flatten() {
        all.extend(names(&group["versions"]).into_iter().map(|version| (version, group)));
    }
    all.retain(|(version, expected)| Release::parse(version).is_some() && expected["unsupported"] != true);
    all
}
