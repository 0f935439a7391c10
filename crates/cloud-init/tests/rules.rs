//! The rules' documentation, run: every example does what its fence says.
//!
//! What fences say is described in `dryboot_testing::rules`. Here, the newest release reads an example, unless
//! `release=VERSION` names another.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::lint::RULES;
use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_schema::Release;
use dryboot_testing::rules::{Example, Linted, RuleDocs, Rulebook};
use dryboot_yaml::Limits;

const NEWEST: Release = Release::new(26, 2);

fn linted(example: &Example) -> Linted {
    let named = example.value("release").map(|name| Release::parse(name).expect("a release"));
    let release = named.unwrap_or(NEWEST);
    let data = InstanceData::parse(r#"{"v1": {"local_hostname": "web1"}}"#).expect("a JSON object");
    let subject =
        Subject { kind: Kind::UserData, release, instance_data: Some(&data), limits: Limits::default() };
    let bytes = example.bytes();
    let report = report(&bytes, &Target { release, distribution: None }, &subject, &|_| true);
    Linted { length: bytes.len(), diagnostics: report.diagnostics }
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
