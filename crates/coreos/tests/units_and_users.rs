//! What the examples of single rules do not show: the edges between them, place by place.

use dryboot_coreos::Kind;
use dryboot_coreos::Target;
use dryboot_coreos::lint::{LintOptions, lint};
use dryboot_coreos::schema::SECTIONS;

/// `SEVERITY RULE PATH` of each finding.
fn findings(text: &str, target: Target) -> Vec<String> {
    let options = LintOptions { target: Some(target), ..LintOptions::default() };
    let report = lint(text.as_bytes(), &options);
    let shown =
        |found: &dryboot_lint::Diagnostic| format!("{} {} {}", found.severity, found.rule, found.path);
    report.diagnostics.iter().map(shown).collect()
}

fn units(elements: &str) -> String {
    format!("#cloud-config\ncoreos:\n  units:\n{elements}")
}

#[test]
fn every_deprecated_key_has_a_finding() {
    for section in &SECTIONS {
        for key in section.object.keys.iter().filter(|key| key.node.deprecated.is_some()) {
            let value = match Kind::of(&key.node) {
                Kind::Text => "x",
                Kind::Texts => "[x]",
                Kind::Int | Kind::Float => "1",
                Kind::Bool => "true",
                Kind::Section(_) | Kind::Sections(_) => "{}",
            };
            let mut yaml = format!("{}: {value}", key.name);
            for parent in section.path.split('.').rev().filter(|parent| !parent.is_empty()) {
                yaml = match parent.strip_suffix("[]") {
                    Some(list) => format!("{list}: [{{{yaml}}}]"),
                    None => format!("{parent}: {{{yaml}}}"),
                };
            }
            for target in Target::ALL {
                let found = findings(&format!("#cloud-config\n{yaml}\n"), target);
                let covers = |line: &String| {
                    let rules = ["section-not-shipped", "obsolete-etcd-option", "remote-key-import"];
                    rules.iter().any(|rule| line.contains(rule)) && line.ends_with(key.name)
                };
                assert!(found.iter().any(covers), "{yaml}: {found:?}");
            }
        }
    }
}

#[test]
fn names_decide_what_becomes_of_a_unit() {
    for (elements, wanted) in [
        ("    -\n", vec!["error unit-without-name coreos.units[0]"]),
        ("    - name:\n      command: start\n", vec!["error unit-without-name coreos.units[0]"]),
        ("    - name: [a]\n      command: start\n", vec!["error type-mismatch coreos.units[0].name"]),
        ("    - name: app-$private_ipv4 x\n      command: start\n", vec![]),
        ("    - name: 10-lan.network\n", vec![]),
        ("    - name: a/10-lan.network\n", vec!["error invalid-unit-name coreos.units[0].name"]),
        (
            "    - name: ../../x.conf\n      content: a\n",
            vec!["warning invalid-unit-name coreos.units[0].name"],
        ),
        (
            "    - name: a.service.d/b.conf\n      command: start\n      content: |\n        [Unit]\n",
            vec!["error invalid-unit-name coreos.units[0].name"],
        ),
        (
            "    - name: a@.service\n      command: stop\n",
            vec!["error template-command coreos.units[0].command"],
        ),
        ("    - name: a.service\n      runtime: true\n", vec![]),
    ] {
        assert_eq!(findings(&units(elements), Target::CoreOs), wanted, "{elements}");
    }
}

#[test]
fn masks_and_second_elements_are_judged_in_order() {
    let unit = "content: |\n        [Service]\n        ExecStart=/bin/true\n";
    for (elements, wanted) in [
        ("    - name: a.service\n      mask: true\n      command: stop\n".to_owned(), vec![]),
        (
            "    - name: a.service\n      mask: true\n      enable: true\n".to_owned(),
            vec!["error masked-unit-conflict coreos.units[0].enable"],
        ),
        (
            "    - name: a.service\n      mask: true\n    - name: a.service\n      command: start\n"
                .to_owned(),
            vec!["warning duplicate-unit coreos.units[1].command"],
        ),
        (
            format!("    - name: a.service\n      {unit}    - name: a.service\n      mask: true\n"),
            vec!["warning duplicate-unit coreos.units[1].mask"],
        ),
        (
            "    - name: a.service\n      command: start\n    - name: a.service\n      command: restart\n"
                .to_owned(),
            vec![],
        ),
        (
            "    - name: a.network\n      command: start\n    - name: a.network\n      command: stop\n"
                .to_owned(),
            vec![
                "warning ignored-network-command coreos.units[0].command",
                "warning ignored-network-command coreos.units[1].command",
            ],
        ),
    ] {
        assert_eq!(findings(&units(&elements), Target::CoreOs), wanted, "{elements}");
    }
}

#[test]
fn unit_texts_are_judged_by_the_systemd_of_the_target() {
    let element = "    - name: a.service\n      content: |\n\n        # first\n        [Service]\n        ExecStart=/bin/true\n        oops\n";
    let path = "unit-content-not-ini coreos.units[0].content";
    assert_eq!(findings(&units(element), Target::CoreOs), [format!("error {path}")]);
    assert_eq!(findings(&units(element), Target::Flatcar), [format!("warning {path}")]);
    let report = lint(units(element).as_bytes(), &LintOptions::default());
    assert_eq!(report.diagnostics[0].span.slice(&report.text), "oops");
}

#[test]
fn secrets_are_not_repeated() {
    let text = "#cloud-config\nusers:\n  - name: ops\n    passwd: hunter2\n    ssh_authorized_keys:\n      - |\n        \
                -----BEGIN OPENSSH PRIVATE KEY-----\n        c2VjcmV0\n      - c2VjcmV0\n";
    for target in Target::ALL {
        let report = lint(text.as_bytes(), &LintOptions { target: Some(target), ..LintOptions::default() });
        assert_eq!(report.diagnostics.len(), 3);
        let said = format!("{:?}", report.diagnostics);
        assert!(!said.contains("hunter2") && !said.contains("c2VjcmV0"), "{said}");
    }
}

#[test]
fn duplicates_that_flatcar_does_not_decode_do_not_discard_the_config() {
    for (text, wanted) in [
        ("x:\n  a: 1\n  a: 2\n", "warning duplicate-key "),
        ("hostname: a\nhostname: b\n", "error duplicate-key hostname"),
        ("coreos:\n  oem: {id: a, id: b}\n", "error duplicate-key coreos.oem.id"),
    ] {
        let found = findings(&format!("#cloud-config\n{text}"), Target::Flatcar);
        assert!(found.iter().any(|line| line == wanted), "{text}: {found:?}");
    }
    // CoreOS ignores what it does not know, once or twice.
    let found = findings("#cloud-config\nx: 1\nx: 2\n", Target::CoreOs);
    assert!(found.iter().all(|line| line.contains("unknown-key")), "{found:?}");
}
