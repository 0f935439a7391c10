//! The rules' documentation, run: every example does what its fence says.
//!
//! A fence is `yaml,fail` (the rule has a finding), `yaml,pass` (the rule has none, and no rule has an error) or
//! `yaml,fixed` (what the rule's fixes make of the failing example before it; with `unsafe`, of the unsafe ones too);
//! `base64` instead of `yaml` is for bytes that cannot be shown. The newest release reads an example, unless
//! `release=VERSION` names another.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use base64::prelude::*;
use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::lint::{RULES, Rule};
use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Safety, Severity, apply_fixes};
use dryboot_schema::Release;
use dryboot_yaml::Limits;

const NEWEST: Release = Release::new(26, 2);

struct Example {
    kind: String,
    attributes: Vec<String>,
    text: String,
}

impl Example {
    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|found| found == attribute)
    }

    fn bytes(&self) -> Vec<u8> {
        if self.has("base64") {
            return BASE64_STANDARD.decode(self.text.trim()).expect("base64");
        }
        unescape(&self.text).into_bytes()
    }

    fn release(&self) -> Release {
        let named = self.attributes.iter().find_map(|attribute| attribute.strip_prefix("release="));
        named.map_or(NEWEST, |name| Release::parse(name).expect("a release"))
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let data = InstanceData::parse(r#"{"v1": {"local_hostname": "web1"}}"#).expect("a JSON object");
        let subject = Subject {
            kind: Kind::UserData,
            release: self.release(),
            instance_data: Some(&data),
            limits: Limits::default(),
        };
        let target = Target { release: self.release(), distribution: None };
        report(&self.bytes(), &target, &subject, &|_| true).diagnostics
    }
}

/// Escapes make visible what an editor would hide.
fn unescape(text: &str) -> String {
    text.replace('␉', "\t").replace('␍', "\r").replace("⟨BOM⟩", "\u{feff}")
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
                    let attributes = words.chain([language]).collect();
                    examples.push(Example { kind, attributes, text: String::new() });
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

#[test]
fn examples_do_what_they_say() {
    for rule in RULES {
        let name = rule.name;
        let mut failing: Option<(String, Vec<Diagnostic>)> = None;
        for example in examples(rule) {
            let all = example.diagnostics();
            let found: Vec<Diagnostic> = all.iter().filter(|found| found.rule == name).cloned().collect();
            let text = unescape(&example.text);
            match example.kind.as_str() {
                "fail" => {
                    assert!(!found.is_empty(), "{name} finds nothing in\n{text}");
                    failing = Some((text, found));
                }
                "pass" => {
                    assert!(found.is_empty(), "{name} finds {found:#?} in\n{text}");
                    let has_error = all.iter().any(|other| other.severity == Severity::Error);
                    assert!(!has_error, "{name}: {all:#?} in\n{text}");
                }
                "fixed" => {
                    let (before, found_before) =
                        failing.as_ref().expect("a failing example before a fixed one");
                    let level = if example.has("unsafe") { Safety::Unsafe } else { Safety::Safe };
                    let after = apply_fixes(before, found_before, level).0;
                    assert_eq!(after, text, "the fixes of {name}");
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
        let headings = headings(rule);
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

/// The headings outside of examples, where `## template: jinja` is none.
fn headings(rule: &Rule) -> Vec<&'static str> {
    let mut inside = false;
    let outside = rule.docs.lines().filter(|line| {
        inside ^= line.starts_with("```");
        !inside
    });
    outside.filter(|line| line.starts_with("## ")).collect()
}

/// Keys and paths that nothing can break.
fn has_long_word(line: &str) -> bool {
    line.split(' ').any(|word| word.len() > 60)
}

#[test]
fn messages_are_short_and_in_house_style() {
    for rule in RULES {
        for example in examples(rule) {
            for diagnostic in example.diagnostics() {
                let message = &diagnostic.message;
                assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
                assert!(!message.starts_with(|char: char| char.is_uppercase()), "{message}");
                assert!(message.chars().count() <= 200, "{message}");
            }
        }
    }
}

#[test]
fn findings_lie_within_the_text() {
    for rule in RULES {
        for example in examples(rule) {
            let length = example.bytes().len();
            for diagnostic in example.diagnostics() {
                let span = diagnostic.span;
                assert!(span.start <= span.end && span.end <= length, "{diagnostic:#?}");
            }
        }
    }
}
