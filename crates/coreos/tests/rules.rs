//! The rules' documentation, run: every example does what its fence says.
//!
//! What fences say is described in `dryboot_testing::rules`. Here, `flatcar` or `coreos` names the target, which
//! is else `coreos`; `platform=NAME` chooses a platform, `metadata=FIELD` says what its metadata has, and
//! `repeat=N` makes a long text.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use dryboot_coreos::Target;
use dryboot_coreos::lint::{BootProblems, LintOptions, RULES, lint};
use dryboot_coreos::platform::{Field, Platform};
use dryboot_testing::rules::{Example, Linted, RuleDocs, Rulebook};

fn linted(example: &Example) -> Linted {
    let target = Target::ALL.into_iter().find(|target| example.has(target.name())).unwrap_or(Target::CoreOs);
    let platform = example.value("platform").map(|name| Platform::from_name(name).expect("a platform"));
    let metadata = example.value("metadata").map(|field| match field {
        "hostname" => vec![Field::Hostname],
        "network" => vec![Field::Network],
        _ => Vec::new(),
    });
    let boot_problems = Some(BootProblems::Follow(dryboot_boot::boot_problems));
    let options =
        LintOptions { target: Some(target), platform, metadata, boot_problems, ..LintOptions::default() };
    let times = example.value("repeat").map_or(1, |times| times.parse().expect("a number"));
    let report = lint(&example.bytes().repeat(times), &options);
    Linted { length: report.text.len(), diagnostics: report.diagnostics }
}

fn check(what: impl FnOnce(Rulebook<'_>)) {
    let docs =
        RULES.iter().map(|rule| RuleDocs { name: rule.name, summary: rule.summary(), docs: rule.docs });
    what(Rulebook { rules: &docs.collect::<Vec<_>>(), lint: &linted });
}

#[test]
fn examples_do_what_they_say() {
    check(|book| book.check_examples());
}

#[test]
fn every_rule_is_documented_in_the_same_way() {
    check(|book| book.check_form());
}

#[test]
fn messages_are_in_house_style_and_findings_lie_within_the_text() {
    check(|book| book.check_messages());
}
