//! The JSON Schema of a release accepts what the release accepts, and refuses what it refuses.
//!
//! `conformance.rs` holds the verdict against the recordings of cloud-init; here the schema is held against the verdict, on
//! the same inputs and in all releases. Left out is what is decided before there are values that JSON has.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use dryboot_cloud_init::json_schema::json_schema;
use dryboot_cloud_init::target::{RELEASES, Target};
use dryboot_cloud_init::verdict::{Cause, Kind, Outcome, Reading, Subject, judge};
use dryboot_schema::{Value, View};
use dryboot_yaml::{Content, NodeId};
use serde_json::{Map, Number, Value as Json};

fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init");
    let mut inputs = Vec::new();
    for folder in [folder.clone(), folder.join("versions")] {
        let files = fs::read_dir(folder).expect("recordings").map(|entry| entry.expect("a file").path());
        inputs.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "in")));
    }
    inputs.sort();
    inputs
}

/// A value as JSON; none of what JSON does not have.
fn json(view: &View<'_>, id: NodeId, depth: usize) -> Option<Json> {
    if depth > 64 {
        return None;
    }
    Some(match view.value(id) {
        Value::Null => Json::Null,
        Value::Bool(truth) => truth.into(),
        Value::Int(int) => int.into(),
        Value::BigInt(digits) => digits.parse::<u64>().ok()?.into(),
        // To draft 7, a number with a fraction of zero is a whole one.
        Value::Float(float) if float.fract() == 0.0 => return None,
        Value::Float(float) => Number::from_f64(float)?.into(),
        Value::Str(text) => text.into(),
        Value::List(items) => {
            items.iter().map(|item| json(view, *item, depth + 1)).collect::<Option<Vec<_>>>()?.into()
        }
        Value::Map(entries) => {
            let entry = |entry: &dryboot_yaml::python::DictEntry| {
                Some((view.key_str(entry.key)?.to_owned(), json(view, entry.value, depth + 1)?))
            };
            entries.iter().map(entry).collect::<Option<Map<_, _>>>()?.into()
        }
        Value::Bytes(_) | Value::Pairs(_) | Value::Other => return None,
    })
}

/// The values of a config that was read as a mapping.
fn values(reading: &Reading) -> Option<Json> {
    let tree = &reading.parsed.tree;
    let root = tree.root().filter(|_| reading.parsed.is_whole())?;
    matches!(tree.node(root).content, Content::Mapping(_)).then_some(())?;
    json(&View::new(tree, &reading.loaded, usize::MAX), root, 0)
}

#[test]
fn the_schema_of_every_release_agrees_with_its_verdict() {
    let mut differences = Vec::new();
    let (mut compared, mut refused) = (0, 0);
    for release in RELEASES {
        let target = Target { release, distribution: None };
        for kind in [Kind::UserData, Kind::NetworkConfig] {
            let schema = json_schema(&target, kind);
            let options = jsonschema::options().should_validate_formats(true);
            let validator = options.build(&schema).unwrap_or_else(|error| panic!("{release}: {error}"));
            for input in inputs() {
                let name = input.file_stem().expect("a name").to_string_lossy().into_owned();
                if name.starts_with("net") != (kind == Kind::NetworkConfig) {
                    continue;
                }
                let bytes = fs::read(&input).expect("an input");
                let judged = judge(&bytes, &Subject::new(kind, release));
                let is_accepted = match judged.verdict.outcome {
                    Outcome::Accepted => true,
                    Outcome::Refused => false,
                    Outcome::NotEvaluated | Outcome::Crashed => continue,
                };
                let is_about_values =
                    judged.verdict.errors.iter().all(|error| matches!(error.cause, Cause::Schema(_)));
                let Some(values) = judged.reading.as_ref().filter(|_| is_about_values).and_then(values)
                else {
                    continue;
                };
                compared += 1;
                refused += usize::from(!is_accepted);
                if validator.is_valid(&values) != is_accepted {
                    let error = validator.validate(&values).err().map(|error| error.to_string());
                    let error = error.unwrap_or_default().chars().take(160).collect::<String>();
                    differences.push(format!("{name}@{release}: {:?}, {error}", judged.verdict.outcome));
                }
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {compared} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert!(compared > 2_000 && refused > 500, "{compared} compared, {refused} of them refused");
}

#[test]
fn the_schema_helps_people() {
    let schema = json_schema(&Target::NEWEST, Kind::UserData);
    let hostname = &schema["properties"]["hostname"];
    assert!(hostname["description"].as_str().is_some_and(|text| !text.is_empty()), "{hostname}");
    let deprecated = serde_json::to_string(&schema).expect("JSON");
    assert!(deprecated.contains("\"deprecationMessage\":\"deprecated in "), "what to write instead");
}
