//! Formats that others define are what they define: SARIF by the schema of OASIS, GitLab's report by its documentation, JUnit's
//! XML by what CI systems read of it. The inputs are the samples of all formats, and a file for every common mistake.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::{Document, Node};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the command prints about the inputs in a format.
fn printed(format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(root())
        .args(["lint", "--output-format", format])
        .args(["tests/cli/formats.in", "tests/cli/formats.in/user-data", "tests/faults", "tests/embedded"])
        .output()
        .expect("the command runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Compares a document with a schema of `tests/schemas`.
fn check(schema: &str, document: &Value) {
    let schema = fs::read_to_string(root().join("tests/schemas").join(schema)).expect("the schema");
    let mut schema = json(&schema);
    // OASIS has a pattern here that is not a regular expression; we name no language.
    for of in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{of}/properties/language"));
        language.and_then(Value::as_object_mut).map(|language| language.remove("pattern"));
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let faults: Vec<String> = validator
        .iter_errors(document)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()).chars().take(300).collect())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sarif_fits_the_schema_of_oasis() {
    let document = json(&printed("sarif"));
    let results = document["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() > 100, "{}", results.len());
    check("sarif-2.1.0.schema.json", &document);
}

#[test]
fn the_code_quality_report_is_as_gitlab_documents_it() {
    let document = json(&printed("gitlab"));
    let issues = document.as_array().expect("issues");
    assert!(issues.len() > 100, "{}", issues.len());
    check("gitlab-code-quality.schema.json", &document);
    let mut fingerprints: Vec<&str> =
        issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    fingerprints.sort_unstable();
    assert!(
        fingerprints.windows(2).all(|pair| pair[0] != pair[1]),
        "GitLab drops issues with the same fingerprint"
    );
}

#[test]
fn junit_counts_its_cases_and_knows_no_other_elements() {
    let text = printed("junit");
    let document = Document::parse(&text).expect("XML");
    let top = document.root_element();
    assert_eq!(top.tag_name().name(), "testsuites");
    let number = |node: &Node<'_, '_>, name: &str| -> usize {
        node.attribute(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or_else(|| panic!("{name} of {node:?}"))
    };
    let elements =
        |node: &Node<'_, '_>, name: &str| node.descendants().filter(|inner| inner.has_tag_name(name)).count();
    for node in top.children().filter(Node::is_element).chain([top]) {
        assert_eq!(number(&node, "tests"), elements(&node, "testcase"), "{node:?}");
        assert_eq!(number(&node, "failures"), elements(&node, "failure"), "{node:?}");
    }
    assert!(elements(&top, "failure") > 100);
    for node in top.descendants().filter(Node::is_element) {
        let (name, parent) = (node.tag_name().name(), node.parent_element());
        let inside = parent.map(|parent| parent.tag_name().name().to_owned()).unwrap_or_default();
        let is_known = matches!(
            (inside.as_str(), name),
            ("", "testsuites")
                | ("testsuites", "testsuite")
                | ("testsuite", "testcase")
                | ("testcase", "failure" | "skipped")
        );
        assert!(is_known, "{name} in {inside}");
        let needed = if name == "testcase" { &["name", "classname"][..] } else { &[] };
        assert!(needed.iter().all(|attribute| node.has_attribute(*attribute)), "{node:?}");
    }
}
