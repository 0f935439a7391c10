//! The validator's messages word for word, as recorded in `tests/conformance/cloud-init`.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::native::{File, Said, messages, printed};
use dryboot_cloud_init::verdict::{Kind, Subject, judge};
use dryboot_schema::Release;
use dryboot_yaml::Span;
use serde_json::Value;

const NEWEST: Release = Release::new(26, 2);

/// What differs, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "jinja-syntax",
        "minijinja words its errors differently from Jinja, and the output has only that message",
    ),
    ("jinja-unclosed-if", "the same"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init")
}

fn recordings() -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder()).expect("the folder of recordings");
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".want.json").map(str::to_owned))
        .collect();
    names.sort();
    let read = |name: String| {
        let text = std::fs::read(folder().join(format!("{name}.want.json"))).expect("a recording");
        let recording = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, recording)
    };
    names.into_iter().map(read).collect()
}

/// What was recorded, in the order in which it is printed.
fn recorded(recording: &Value, list: &str) -> BTreeSet<Said> {
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let entries = recording[list].as_array().into_iter().flatten();
    entries.map(|entry| Said { path: text(entry, "path"), message: text(entry, "message") }).collect()
}

#[test]
fn messages_are_those_of_the_validator() {
    let data = std::fs::read_to_string(folder().join("instance-data.json")).expect("instance data");
    let data = InstanceData::parse(&data).expect("a JSON object");
    let mut differences = Vec::new();
    let mut count = 0;
    for (name, recording) in recordings() {
        if recording["peer_crash"].is_string() {
            continue;
        }
        let file = format!("{name}.in");
        let bytes = std::fs::read(folder().join(&file)).expect("the input of a recording");
        let is_network = recording["schema_type"] == "network-config";
        let kind = if is_network { Kind::NetworkConfig } else { Kind::UserData };
        let subject = Subject { instance_data: Some(&data), ..Subject::new(kind, NEWEST) };
        let judged = judge(&bytes, &subject);
        let text = String::from_utf8_lossy(&bytes);
        let file = File { name: &file, text: &text, bytes: &bytes, secrets: None };
        let said = messages(&judged, &file, &subject);
        for (found, list) in [(said.errors, "errors"), (said.deprecations, "deprecations")] {
            let (found, wanted) = (BTreeSet::from_iter(found), recorded(&recording, list));
            count += wanted.len();
            if found != wanted && !DIFFERENCES.iter().any(|(known, _)| *known == name) {
                let missing: Vec<_> = wanted.difference(&found).collect();
                let more: Vec<_> = found.difference(&wanted).collect();
                differences.push(format!("{name}: {list} without {missing:#?} and with {more:#?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{} of {count} differ:\n{}", differences.len(), differences.join("\n"));
    assert!(count > 250, "{count}");
}

/// What differs in what is printed, and why.
const PRINTED_OTHERWISE: &[(&str, &str, &str)] =
    &[("21.4", "a list", "each module of these releases had a schema of its own, which complains by itself")];

#[test]
fn what_is_printed_is_what_the_releases_print() {
    let recorded = std::fs::read(folder().join("printed.json")).expect("the recordings");
    let recorded: Vec<Value> = serde_json::from_slice(&recorded).expect("JSON");
    assert!(recorded.len() > 70, "{}", recorded.len());
    for recording in recorded {
        let text = |key: &str| recording[key].as_str().expect("a string");
        let (release, about) = (text("release"), text("about"));
        if PRINTED_OTHERWISE.iter().any(|(old, other, _)| (*old, *other) == (release, about)) {
            continue;
        }
        let bytes = text("text").as_bytes();
        let subject = Subject::new(Kind::UserData, Release::parse(release).expect("a release"));
        let file = File { name: "FILE", text: text("text"), bytes, secrets: None };
        let lines = printed(&judge(bytes, &subject), &file, &subject);
        assert_eq!(Value::from(lines), recording["printed"], "{about}, {release}");
    }
}

#[test]
fn secrets_are_not_repeated() {
    let subject = Subject::new(Kind::UserData, NEWEST);
    let said = |text: &str, secrets: &[Span]| {
        let file = File { name: "FILE", text, bytes: text.as_bytes(), secrets: Some(secrets) };
        printed(&judge(text.as_bytes(), &subject), &file, &subject).join("\n")
    };
    for text in [
        "#cloud-config\nusers: [{name: a, passwd: hunter2, foo: 1}]\n",
        "#cloud-config\nusers: [{name: a, passwd: [hunter2]}]\n",
        "#cloud-config\nchpasswd: {list: {a: hunter2}}\n",
        "#cloud-config\nusers:\n  - {name: a, passwd: \"hunter2\\q\"}\n",
        "#cloud-config\npassword: \"one\n  hunter2\\q\"\n",
        "#cloud-config\npassword: hunter2: x\n",
        "#cloud-config\nwrite_files: {path: /x, content: 'API_TOKEN=1 DB_PASSWORD=hunter2hunter2'}\n",
    ] {
        let said = said(text, &[]);
        assert!(said.contains("Error: ") && !said.contains("hunter2") && said.contains("**"), "{said}");
    }
    // Others are where a rule has found them.
    let text = "#cloud-config\nruncmd: {curl: https://me:hunter2@host/x}\n";
    let start = text.find("hunter2").expect("the secret");
    let said = said(text, &[Span::new(start, start + 7)]);
    assert!(said.contains("{'curl': ***} is not of type"), "{said}");
}

/// A value that stands for many others through aliases is shown in part.
#[test]
fn what_aliases_repeat_is_cut() {
    let mut text = "#cloud-config\nruncmd: &a0 {k: [a, b, c, d, e, f, g, h]}\n".to_owned();
    for level in 1..12 {
        let last = level - 1;
        text.push_str(&format!("x{level}: &a{level} [*a{last}, *a{last}, *a{last}, *a{last}, *a{last}]\n"));
    }
    text.push_str("bootcmd: {k: *a11}\n");
    let subject = Subject::new(Kind::UserData, NEWEST);
    let file = File { name: "FILE", text: &text, bytes: text.as_bytes(), secrets: None };
    let printed = printed(&judge(text.as_bytes(), &subject), &file, &subject).join("\n");
    assert!(printed.len() < 3 << 20, "{}", printed.len());
}
