//! The words about syntax errors, with the line numbers that the real libraries print.

use std::path::Path;

use dryboot_boot::{MachineDescription, preview};
use dryboot_coreos::Target;
use serde_json::Value;

/// What a target says about the text, from the name of its library on.
fn complaint(bytes: &[u8], target: Target) -> String {
    let preview = preview(bytes, target, &MachineDescription::default());
    let said =
        preview.stdout + &preview.messages.iter().map(|message| message.text.as_str()).collect::<String>();
    let library = if target == Target::CoreOs { "YAML error: " } else { "yaml: " };
    said.split(library).last().unwrap_or_default().split('\n').next().unwrap_or_default().to_owned()
}

#[test]
fn lines_are_those_that_the_libraries_print() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos/validate");
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(corpus).expect("the corpus") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "in") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("the input");
        let want = std::fs::read(path.with_extension("want.json")).expect("the recording");
        let want: Value = serde_json::from_slice(&want).expect("JSON");
        for target in Target::ALL {
            let section = match target {
                Target::CoreOs => &want,
                Target::Flatcar => want.get("flatcar").unwrap_or(&want),
            };
            let is_syntax = |entry: &&Value| entry["syntax_error"] == true;
            let Some(entry) =
                section["entries"].as_array().and_then(|entries| entries.iter().find(is_syntax))
            else {
                continue;
            };
            let message = entry["message"].as_str().expect("a message");
            // Untyped values alone have keys that are not scalars.
            if message.starts_with("invalid map key") {
                continue;
            }
            let got = complaint(&bytes, target);
            let with_line = format!("line {}: {message}", entry["line"]);
            let first_line = entry["line"] == 1 && got == message;
            count += 1;
            if got != with_line && !first_line {
                wrong.push(format!("{} for {target}: got {got:?}, want {with_line:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 50, "{count} cases");
}
