//! The recorded verdicts of the real validators: every case of the corpus, for both targets.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::path::{Path, PathBuf};

use dryboot_coreos::{Document, Target, envelope};
use dryboot_yaml::Limits;
use serde_json::Value;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos/validate")
}

/// Entries as (line, kind, message), or the words with which the validator gives up.
type Outcome = Result<Vec<(u64, String, String)>, String>;

fn recorded(want: &Value) -> Outcome {
    if let Some(error) = want["error"].as_str() {
        return Err(error.to_owned());
    }
    let entries = want["entries"].as_array().expect("entries");
    let mut entries: Vec<_> = entries
        .iter()
        .filter(|entry| !entry["spurious"].as_bool().unwrap_or_default())
        .map(|entry| {
            let line = if entry["line_quirk"] == true { &entry["true_line"] } else { &entry["line"] };
            let text = |key: &str| entry[key].as_str().expect("text").to_owned();
            (line.as_u64().expect("line"), text("kind"), text("message"))
        })
        .collect();
    entries.sort();
    Ok(entries)
}

fn ours(bytes: &[u8], target: Target) -> Outcome {
    let envelope = envelope::open(bytes, Limits::default().bytes);
    let verdict = Document::read(&envelope, target, &Limits::default()).verdict();
    if let Some(failure) = verdict.failure {
        return Err(failure);
    }
    let entry = |entry: dryboot_coreos::verdict::Entry| {
        (entry.line as u64, entry.kind.name().to_owned(), entry.message)
    };
    let mut entries: Vec<_> = verdict.entries.into_iter().map(entry).collect();
    entries.sort();
    Ok(entries)
}

#[test]
fn verdicts_equal_the_recordings() {
    let mut cases = 0;
    let mut wrong = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(corpus())
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .collect();
    names.sort();
    for path in names {
        let bytes = std::fs::read(&path).expect("the input");
        let want = std::fs::read(path.with_extension("want.json")).expect("the recording");
        let want: Value = serde_json::from_slice(&want).expect("JSON");
        for (target, section) in [(Target::CoreOs, &want), (Target::Flatcar, &want["flatcar"])] {
            let section = if section.is_null() { &want } else { section };
            let mut accepted = vec![recorded(section)];
            if let Some(variants) = section["variants"].as_array() {
                accepted.extend(variants.iter().map(recorded));
            }
            let got = ours(&bytes, target);
            cases += 1;
            if !accepted.contains(&got) {
                wrong.push(format!("{} for {target}:\n  got  {got:?}\n  want {accepted:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cases, 2 * 194);
}
