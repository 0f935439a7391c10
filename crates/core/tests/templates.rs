//! Templates of other programs: what is around their placeholders is checked, and nothing that depends on them.

#![cfg(all(feature = "cloud-init", feature = "templates"))]
#![expect(clippy::expect_used, reason = "a test may fail")]

use std::path::Path;

use dryboot_core::{LintOptions, Report, Severity, Target, TemplateSyntax, lint};

fn checked(text: &str, template: TemplateSyntax, target: &str) -> Report {
    let target = Some(Target::parse(target).expect("a target"));
    lint(text.as_bytes(), &LintOptions { target, template: Some(template), ..LintOptions::default() })
}

#[test]
fn templates_that_work_raise_no_alarm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/templates");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of templates") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let name = path.to_string_lossy();
        let syntax = TemplateSyntax::of_file(&name, &text).expect("a name of a template");
        let report = checked(&text, syntax, "cloud-init");
        let alarms: Vec<_> =
            report.diagnostics.iter().filter(|found| found.severity >= Severity::Warning).collect();
        assert!(alarms.is_empty(), "{name}: {alarms:#?}");
        assert_eq!(report.text, text, "{name}");
        assert!(report.template.is_some_and(|template| template.placeholders > 2), "{name}");
        count += 1;
    }
    assert!(count > 4, "{count} templates");
}

#[test]
fn what_does_not_depend_on_a_placeholder_is_judged() {
    let text = "#cloud-config\nhostnam: ${name}\npackages: ${packages}\nruncmd: reboot\n";
    let report = checked(text, TemplateSyntax::Terraform, "cloud-init");
    let found: Vec<(&str, usize)> =
        report.diagnostics.iter().map(|found| (found.rule, report.lines.line(found.span.start))).collect();
    assert_eq!(found, [("unknown-key", 2), ("type-mismatch", 4)]);
}

#[test]
fn every_program_takes_templates() {
    let text = "#cloud-config\nhostname: ${name}\ncoreos:\n  update: {reboot-strategy: ${strategy}}\n";
    let report = checked(text, TemplateSyntax::Terraform, "coreos");
    assert!(report.diagnostics.is_empty(), "{:#?}", report.diagnostics);
    assert_eq!(report.template.map(|template| template.placeholders), Some(2));
}

#[test]
fn a_template_of_cloud_init_is_its_own() {
    let text = "## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}\n";
    assert!(checked(text, TemplateSyntax::Jinja, "cloud-init").template.is_none());
}

#[test]
fn lines_that_are_filled_in_may_have_what_is_missing() {
    let users = "#cloud-config\nusers:\n  - name: app\n";
    let more = format!("{users}  ${{more_users}}\n");
    let rules = |text: &str| -> Vec<&str> {
        let report = checked(text, TemplateSyntax::Terraform, "cloud-init");
        report.diagnostics.iter().map(|found| found.rule).collect()
    };
    assert_eq!(rules(users), ["users-without-default"]);
    assert_eq!(rules(&more), [] as [&str; 0]);
}
