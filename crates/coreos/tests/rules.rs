//! The rules' documentation, run: every example does what its fence says.
//!
//! A fence is `yaml,fail` (the rule has a finding), `yaml,pass` (the rule has none) or
//! `yaml,fixed` (what the rule's fixes make of the failing example before it; with `unsafe`, of
//! the unsafe ones too); `base64` instead of `yaml` is for bytes that cannot be shown. `flatcar` or `coreos` names the
//! target, which is else `coreos`; `platform=NAME` chooses a platform, `metadata=FIELD` says what its metadata has, and
//! `repeat=N` makes a long text.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use base64::prelude::*;
use dryboot_coreos::Target;
use dryboot_coreos::lint::{LintOptions, RULES, Report, Rule, lint};
use dryboot_coreos::platform::{Field, Platform};
use dryboot_lint::{Diagnostic, Safety, apply_fixes};

struct Example {
    kind: String,
    attributes: Vec<String>,
    text: String,
}

fn examples(rule: &Rule) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in rule.docs.lines() {
        match line.strip_prefix("```") {
            Some("") => inside = false,
            Some(fence) => {
                let mut words = fence.split(',').map(str::to_owned);
                let language = words.next().unwrap_or_default();
                inside = ["yaml", "base64"].contains(&language.as_str());
                if inside {
                    let kind = words.next().unwrap_or_default();
                    let words = words.chain([language]);
                    examples.push(Example { kind, attributes: words.collect(), text: String::new() });
                }
            }
            None if inside => {
                if let Some(example) = examples.last_mut() {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
            }
            None => {}
        }
    }
    examples
}

fn target(example: &Example) -> Target {
    let named = example.attributes.iter().find_map(|attribute| Target::from_name(attribute));
    named.unwrap_or(Target::CoreOs)
}

/// The value of `NAME=VALUE` behind a fence.
fn attribute<'e>(example: &'e Example, name: &str) -> Option<&'e str> {
    let pairs = example.attributes.iter().filter_map(|attribute| attribute.split_once('='));
    pairs.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn report(example: &Example) -> Report {
    let platform = attribute(example, "platform").map(|name| Platform::from_name(name).expect("a platform"));
    let metadata = attribute(example, "metadata").map(|field| match field {
        "hostname" => vec![Field::Hostname],
        "network" => vec![Field::Network],
        _ => Vec::new(),
    });
    let target = Some(target(example));
    let options = LintOptions { target, platform, metadata, ..LintOptions::default() };
    // Escapes make bytes visible that an editor would hide.
    let text = unescape(&example.text);
    let mut bytes = text.into_bytes();
    if example.attributes.iter().any(|word| word == "base64") {
        bytes = BASE64_STANDARD.decode(bytes.trim_ascii()).expect("base64");
    }
    let times = attribute(example, "repeat").map_or(1, |times| times.parse().expect("a number"));
    lint(&bytes.repeat(times), &options)
}

fn unescape(text: &str) -> String {
    text.replace("␉", "\t").replace("␍", "\r").replace("⟨BOM⟩", "\u{feff}")
}

fn of_rule(report: &Report, rule: &Rule) -> Vec<Diagnostic> {
    report.diagnostics.iter().filter(|diagnostic| diagnostic.rule == rule.name).cloned().collect()
}

#[test]
fn examples_do_what_they_say() {
    for rule in RULES {
        let mut failing: Option<(String, Vec<Diagnostic>, Target)> = None;
        for example in examples(rule) {
            let report = report(&example);
            let found = of_rule(&report, rule);
            let name = rule.name;
            let text = &example.text;
            match example.kind.as_str() {
                "fail" => {
                    assert!(!found.is_empty(), "{name} finds nothing in\n{text}");
                    failing = Some((unescape(text), found, target(&example)));
                }
                "pass" => {
                    let all = &report.diagnostics;
                    assert!(found.is_empty(), "{name} finds {found:#?} in\n{text}");
                    assert!(
                        all.iter().all(|other| other.severity < dryboot_lint::Severity::Error),
                        "{all:#?} in\n{text}"
                    );
                }
                "fixed" => {
                    let (before, diagnostics, _) =
                        failing.as_ref().expect("a failing example before a fixed one");
                    let level = if example.attributes.iter().any(|word| word == "unsafe") {
                        Safety::Unsafe
                    } else {
                        Safety::Safe
                    };
                    assert_eq!(
                        apply_fixes(before, diagnostics, level).0,
                        unescape(text),
                        "the fixes of {name}"
                    );
                    assert!(found.is_empty(), "{name} still finds {found:#?} after its fixes");
                }
                other => panic!("{name}: no such fence: {other}"),
            }
        }
    }
}

#[test]
fn every_rule_is_documented_in_the_same_way() {
    for rule in RULES {
        let name = rule.name;
        assert!(rule.docs.starts_with(&format!("# {name}\n")), "{name}: title");
        assert!(rule.summary().ends_with('.'), "{name}: the summary is a sentence: {}", rule.summary());
        let headings: Vec<&str> = rule.docs.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(
            headings,
            ["## What it does", "## Why it is bad", "## What to do", "## Examples"],
            "{name}"
        );
        let kinds: Vec<String> = examples(rule).into_iter().map(|example| example.kind).collect();
        assert!(
            kinds.iter().any(|kind| kind == "fail") && kinds.iter().any(|kind| kind == "pass"),
            "{name}: {kinds:?}"
        );
        assert!(
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{name}"
        );
        assert_eq!(RULES.iter().filter(|other| other.name == name).count(), 1, "{name} is unique");
        assert!(
            rule.docs.lines().all(|line| line.chars().count() <= 100 || has_long_word(line)),
            "{name}: long lines"
        );
    }
}

/// Keys and paths that nothing can break.
fn has_long_word(line: &str) -> bool {
    line.split(' ').any(|word| word.len() > 60)
}

#[test]
fn messages_are_short_and_in_house_style() {
    for rule in RULES {
        for example in examples(rule) {
            for diagnostic in report(&example).diagnostics {
                let message = &diagnostic.message;
                assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
                assert!(!message.starts_with(|char: char| char.is_uppercase()), "{message}");
                assert!(message.chars().count() <= 200, "{message}");
            }
        }
    }
}
