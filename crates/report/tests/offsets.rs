//! The two ways of counting, on the same report.

use dryboot_lint::{
    Compression, Diagnostic, Edit, Fix, Label, Outcome, Report, Safety, Severity, TargetName, Verdict,
};
use dryboot_report::{Document, Named, Offsets, Summary, diagnostics};
use dryboot_text::{LineIndex, Span};
use serde_json::{Value, json};

/// A report with a finding at `wrong`.
fn report(text: &str) -> Report {
    let start = text.find("wrong").unwrap_or_default();
    let span = Span::new(start, start + "wrong".len());
    let edits = vec![Edit { span, text: "right".to_owned() }];
    let found = Diagnostic {
        labels: vec![Label { span, message: "here".to_owned() }],
        fixes: vec![Fix { title: "write `right`".to_owned(), safety: Safety::Safe, edits }],
        ..Diagnostic::new("a-rule", Severity::Warning, span, "`wrong` is wrong")
    };
    Report {
        kind: "cloud-config",
        compression: Compression::None,
        not_checked: None,
        target: TargetName { name: "p@1".to_owned(), title: "p 1".to_owned(), version: "1".to_owned() },
        target_reason: None,
        template: None,
        text: text.to_owned(),
        lines: LineIndex::new(text),
        parts: Vec::new(),
        diagnostics: vec![found],
        suppressed: Vec::new(),
        verdict: Verdict {
            outcome: Outcome::Accepted,
            errors: Vec::new(),
            deprecations: Vec::new(),
            native: Vec::new(),
            succeeds: true,
        },
    }
}

fn found(text: &str, offsets: Offsets) -> Value {
    let report = report(text);
    let document = json!(Document::new(&[Named { name: "a.yaml", report: &report }], offsets));
    assert_eq!(document["version"], 1);
    let file = &document["files"][0];
    assert_eq!(file["diagnostics"], json!(diagnostics(&report, &report.diagnostics, offsets)));
    file["diagnostics"][0].clone()
}

#[test]
fn a_text_in_ascii_has_the_same_offsets_either_way() {
    let text = "#\na: wrong\n";
    assert_eq!(found(text, Offsets::Utf8), found(text, Offsets::Utf16));
}

#[test]
fn offsets_are_all_that_differs() {
    let text = "# 🚀\r\nä: wrong\n";
    for (offsets, start) in [(Offsets::Utf8, 12), (Offsets::Utf16, 8)] {
        let found = found(text, offsets);
        let place = |offset, column| json!({"offset": offset, "line": 2, "column": column});
        let span = json!({"start": place(start, 4), "end": place(start + 5, 9)});
        assert_eq!(found["span"], span, "{offsets:?}");
        assert_eq!(found["labels"], json!([{"span": span, "message": "here"}]));
        let edit = json!({"start": start, "end": start + 5, "text": "right"});
        assert_eq!(found["fixes"], json!([{"title": "write `right`", "safety": "safe", "edits": [edit]}]));
    }
}

#[test]
fn a_summary_counts_what_all_files_have() {
    let (first, second) = (report("wrong"), report("wrong"));
    let expected = Summary { files: 2, warnings: 2, ..Summary::default() };
    assert_eq!(Summary::of(&[&first, &second].map(|report| Named { name: "a.yaml", report })), expected);
}
