//! Findings and fixes on the recorded texts and on every example of the rules: places are places of the text, and
//! safe fixes never make anything worse.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dryboot_cloud_init::lint::{RULES, lint};
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Safety, Severity, apply_fixes};
use dryboot_schema::Release;

fn texts() -> Vec<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init");
    let files = fs::read_dir(directory).expect("the recordings").map(|entry| entry.expect("a file").path());
    let recorded = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .filter_map(|path| fs::read_to_string(path).ok());
    let examples = RULES.iter().flat_map(|rule| rule.docs.split("```yaml,").skip(1)).filter_map(|block| {
        let (_, text) = block.split_once('\n')?;
        text.split("```").next().map(str::to_owned)
    });
    recorded.chain(examples).collect()
}

fn found(text: &str) -> Vec<Diagnostic> {
    let subject = Subject::new(Kind::UserData, Release::new(26, 2));
    lint(text.as_bytes(), &subject, &|_| true).diagnostics
}

fn errors(found: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for error in found.iter().filter(|found| found.severity == Severity::Error) {
        *counts.entry(error.rule).or_default() += 1;
    }
    counts
}

#[test]
fn places_are_places_of_the_text() {
    for text in texts() {
        for finding in found(&text) {
            let labels = finding.labels.iter().map(|label| label.span);
            let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in labels.chain(edits).chain([finding.span]) {
                assert!(text.get(span.start..span.end).is_some(), "{finding:#?} in\n{text}");
            }
        }
    }
}

#[test]
fn safe_fixes_make_nothing_worse() {
    for text in texts() {
        let before = found(&text);
        let (fixed, count) = apply_fixes(&text, &before, Safety::Safe);
        if count == 0 {
            continue;
        }
        let after = found(&fixed);
        let (few, many) = (errors(&after), errors(&before));
        for (rule, count) in few {
            // Below a damaged header, nothing was read before.
            let is_known = many.get(rule).is_some_and(|before| count <= *before);
            assert!(
                is_known || many.contains_key("missing-header"),
                "{rule} is new in\n{fixed}\nfrom\n{text}"
            );
        }
        let comments = |text: &str| text.matches('#').count();
        assert!(comments(&fixed) >= comments(&text), "a comment is lost in\n{fixed}\nfrom\n{text}");
    }
}
