//! The rules' documentation, run: every example does what its fence says.
//!
//! What fences say is described in `dryboot_testing::rules`. Here, the newest release reads an example, unless
//! `release=VERSION` names another, or `target=DISTRIBUTION` a distribution; `platform=NAME` says where the machine boots.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::lint::RULES;
use dryboot_cloud_init::platform::Platform;
use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_schema::Release;
use dryboot_testing::rules::{Example, Linted, RuleDocs, Rulebook};

const NEWEST: Release = Release::new(26, 2);

fn linted(example: &Example) -> Linted {
    let named = example.value("release").map(|name| Release::parse(name).expect("a release"));
    let newest = Target { release: named.unwrap_or(NEWEST), distribution: None };
    let target = example.value("target").map_or(newest, |name| Target::parse(name).expect("a target"));
    let platform = example.value("platform").map(|name| Platform::from_name(name).expect("a platform"));
    let data = InstanceData::parse(r#"{"v1": {"local_hostname": "web1"}}"#).expect("a JSON object");
    let subject =
        Subject { instance_data: Some(&data), platform, ..Subject::new(Kind::UserData, target.release) };
    let times = example.value("repeat").map_or(1, |count| count.parse().expect("a number"));
    let bytes = example.bytes().repeat(times);
    let report = report(&bytes, &target, &subject, &|_| true);
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
