//! The recordings of the real programs: every case of both corpora, for both targets.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use dryboot_boot::{NetconfFormat, convert_netconf, parse_description, preview};
use dryboot_coreos::Target;
use serde_json::{Value, json};

fn cases(corpus: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos").join(corpus);
    let mut inputs: Vec<_> = std::fs::read_dir(directory)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .collect();
    inputs.sort();
    inputs
}

fn recording(input: &Path) -> Value {
    let json = std::fs::read(input.with_extension("want.json")).expect("the recording");
    serde_json::from_slice(&json).expect("JSON")
}

/// The section of a target: the upper level, unless the fork did something else.
fn section(want: &Value, target: Target) -> &Value {
    match target {
        Target::CoreOs => want,
        Target::Flatcar => want.get("flatcar").unwrap_or(want),
    }
}

/// What a message says, without the words that the programs put around it.
fn gist(message: &str) -> String {
    const FRAMES: [&str; 4] = [
        "Failed to apply cloud-config: ",
        "error applying cloud-config: ",
        "Failed to apply SSH keys: ",
        "Failed to generate interfaces: ",
    ];
    let frame = |message: &str| {
        FRAMES.iter().find_map(|frame| message.split_once(frame).map(|(_, gist)| gist.to_owned()))
    };
    let setup = message.strip_prefix("Failed to setup network units: error generating interfaces: ");
    setup.map(str::to_owned).or_else(|| frame(message)).unwrap_or_else(|| message.to_owned())
}

fn outcome_of(recorded: &Value, target: Target, want: &Value) -> Value {
    let messages = recorded["messages"].as_array().expect("messages").iter();
    let messages: Vec<String> = messages.map(|message| gist(message.as_str().expect("text"))).collect();
    // The fork substitutes part by part, and its own sections do not say what came of it.
    let has_substituted = target == Target::CoreOs || want.get("flatcar").is_none();
    json!({
        "exit_code": recorded["exit_code"],
        "messages": messages,
        "stdout": recorded.get("stdout").cloned().unwrap_or(json!("")),
        "substituted": if has_substituted { recorded["substituted"].clone() } else { Value::Null },
        "actions": recorded["actions"],
    })
}

fn ours(input: &Path, target: Target, want: &Value) -> Value {
    let bytes = std::fs::read(input).expect("the input");
    let description = std::fs::read(input.with_extension("meta.json")).unwrap_or_else(|_| b"{}".to_vec());
    let description = parse_description(&description).expect("a description");
    assert!(description.unknown.is_empty(), "{}: {:?}", input.display(), description.unknown);
    let preview = preview(&bytes, target, &description);
    let messages: Vec<String> = preview.messages.iter().map(|message| gist(&message.text)).collect();
    let has_substituted = target == Target::CoreOs || want.get("flatcar").is_none();
    let actions: Vec<_> = preview.effects.iter().map(|effect| &effect.action).collect();
    json!({
        "exit_code": preview.exit_code,
        "messages": messages,
        "stdout": preview.stdout,
        "substituted": if has_substituted { json!(preview.substituted) } else { Value::Null },
        "actions": actions,
    })
}

#[test]
fn boots_equal_the_recordings() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for input in cases("apply") {
        let want = recording(&input);
        for target in Target::ALL {
            let section = section(&want, target);
            let mut accepted = vec![outcome_of(section, target, &want)];
            for variant in section["variants"].as_array().into_iter().flatten() {
                accepted.push(outcome_of(variant, target, &want));
            }
            let got = ours(&input, target, &want);
            count += 1;
            if !accepted.contains(&got) {
                wrong.push(format!("{} for {target}:\n got  {got}\n want {}", input.display(), accepted[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, 2 * 108);
}

/// Actions print their fields in the order of the recordings.
#[test]
fn actions_are_printed_as_recorded() {
    for input in cases("apply") {
        let description = std::fs::read(input.with_extension("meta.json")).unwrap_or_else(|_| b"{}".to_vec());
        let description = parse_description(&description).expect("a description");
        let preview = preview(&std::fs::read(&input).expect("the input"), Target::CoreOs, &description);
        let want = recording(&input);
        for (effect, want) in preview.effects.iter().zip(want["actions"].as_array().expect("actions")) {
            let printed = serde_json::to_string(&effect.action).expect("JSON");
            // The recordings sort their fields, and so does this map.
            assert_eq!(printed, serde_json::to_string(want).expect("JSON"), "{}", input.display());
        }
    }
}

#[test]
fn networks_equal_the_recordings() {
    let mut count = 0;
    for input in cases("netconf") {
        let text = std::fs::read_to_string(&input).expect("the input");
        let want = recording(&input);
        for target in Target::ALL {
            let want = section(&want, target);
            let got = match convert_netconf(&text, NetconfFormat::Debian, target) {
                Ok(netconf) => json!({
                    "error": null, "panic": null,
                    "files": netconf.files, "interfaces": netconf.interfaces,
                }),
                Err(error) => json!({
                    "error": error.to_string(), "panic": null, "files": [], "interfaces": [],
                }),
            };
            for field in ["error", "panic", "files", "interfaces"] {
                let empty = json!([]);
                let want = if want[field].is_null() && got[field] == empty { &empty } else { &want[field] };
                assert_eq!(&got[field], want, "{} for {target}: {field}", input.display());
            }
            count += 1;
        }
    }
    assert_eq!(count, 2 * 33);
}
