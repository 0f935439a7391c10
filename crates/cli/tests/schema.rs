//! The JSON report is what its published schema says, on everything that the corpus holds.

mod schema_check;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use schema_check::check;

#[test]
fn reports_fit_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let schema = fs::read(root.join("docs/lint-report.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    let corpus = root.join("tests/conformance/coreos/validate");
    let inputs = fs::read_dir(&corpus).expect("the corpus").map(|entry| entry.expect("an entry").path());
    let inputs = inputs.filter(|path| path.extension().is_some_and(|extension| extension == "in"));
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .args(["lint", "--output-format", "json"])
        .args(inputs)
        .output()
        .expect("the command runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report["summary"]["files"].as_u64() > Some(190), "{}", report["summary"]);
    let faults = check(&report, &schema, &schema, "$");
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let mut damaged = report;
    damaged["files"][0]["diagnostics"] = Value::Null;
    assert!(!check(&damaged, &schema, &schema, "$").is_empty(), "the check can fail");
}
