//! Every format, written to memory: what hosts get who have no terminal.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::collections::BTreeSet;

use dryboot_lint::{Compression, Diagnostic, Outcome, Report, Severity, TargetName, Verdict};
use dryboot_report::Named;
use dryboot_report::output::Output;
use dryboot_report::render::{FORMATS, Format, Results, RuleInfo};
use dryboot_text::{LineIndex, Span};

/// A sequence that clears a screen, a character that turns the direction of text, and a line feed.
const EVIL: &str = "\u{1b}[2J\u{202e}\n::error::x";

fn report() -> Report {
    let text = format!("a: {EVIL}\n");
    Report {
        kind: "cloud-config",
        compression: Compression::None,
        not_checked: None,
        target: TargetName { name: "p@1".to_owned(), title: "p 1".to_owned(), version: "1".to_owned() },
        target_reason: Some(format!("because of {EVIL}")),
        template: None,
        lines: LineIndex::new(&text),
        parts: Vec::new(),
        diagnostics: vec![Diagnostic::new("a-rule", Severity::Error, Span::new(3, 8), format!("`{EVIL}`"))],
        suppressed: Vec::new(),
        verdict: Verdict {
            outcome: Outcome::Refused,
            errors: Vec::new(),
            deprecations: Vec::new(),
            native: vec![format!("it says {EVIL}")],
            succeeds: false,
        },
        text,
    }
}

fn rules() -> Vec<RuleInfo> {
    vec![RuleInfo { name: "a-rule", severity: Severity::Error, summary: "A.", docs: "# a-rule".to_owned() }]
}

fn written(format: &Format, names: &[&str]) -> String {
    let report = report();
    let reports: Vec<Named<'_>> = names.iter().map(|name| Named { name, report: &report }).collect();
    let mut bytes = Vec::new();
    let mut out = Output::new(&mut bytes);
    format.write(&Results { reports: &reports, rules }, &mut out).and_then(|()| out.flush()).expect("memory");
    drop(out);
    String::from_utf8(bytes).expect("text")
}

#[test]
fn nothing_of_a_text_gets_through_unescaped() {
    for format in FORMATS {
        for names in [&["a.yaml"][..], &[EVIL, "b.yaml"]] {
            let written = written(format, names);
            assert!(written.contains("[2J"), "{}: {written}", format.name);
            for evil in ["\u{1b}[2J", "\u{202e}", "\n::error::x"] {
                assert!(!written.contains(evil), "{}: {written:?}", format.name);
            }
        }
    }
}

#[test]
fn each_format_has_names_of_its_own() {
    let names = || FORMATS.iter().flat_map(|format| format.aliases.iter().chain([&format.name]));
    assert_eq!(names().collect::<BTreeSet<_>>().len(), names().count());
    for format in FORMATS {
        let named = |name| Format::named(name).map(|found| found.name);
        assert!(format.aliases.iter().chain([&format.name]).all(|name| named(name) == Some(format.name)));
    }
    assert!(Format::named("no such format").is_none());
}
