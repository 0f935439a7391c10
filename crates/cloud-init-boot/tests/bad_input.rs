//! Input that is long, wrong or leads back to itself: every boot ends, and says what is wrong.

#![expect(clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Answer, Machine, Preview, Status, preview};
use serde_json::json;

fn boot(text: &str, machine: &Machine) -> Preview {
    preview(text.as_bytes(), &Target::NEWEST, machine).unwrap_or_else(|error| panic!("{error}"))
}

fn said(preview: &Preview) -> String {
    let steps = preview.journal.stages.iter().flat_map(|stage| &stage.steps);
    let texts = steps.flat_map(|step| &step.messages).map(|message| message.text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_list_of_many_users_and_files_is_followed_to_the_end() {
    let mut text = "#cloud-config\nusers:\n".to_owned();
    for number in 0..10_000 {
        let _ = writeln!(text, "  - name: u{number}");
    }
    text.push_str("write_files:\n");
    for number in 0..10_000 {
        let _ = writeln!(text, "  - {{path: /srv/f{number}, content: x}}");
    }
    let preview = boot(&text, &Machine::default());
    assert_eq!(preview.status, Status::Done, "{}", said(&preview).chars().take(400).collect::<String>());
    assert!(preview.users.iter().any(|user| user.name == "u9999"));
    assert!(preview.files.entry("/srv/f9999").is_some());
}

#[test]
fn many_users_may_all_have_rules_and_keys_and_warnings() {
    let mut text = "#cloud-config\nusers:\n".to_owned();
    for number in 0..2_000 {
        let _ = writeln!(
            text,
            "  - {{name: u{number}, sudo: ALL=(ALL) ALL, ssh_authorized_keys: [ssh-rsa AAAA{number}]}}\n  \
             - {{name: v{number}, sudo: false}}"
        );
    }
    let preview = boot(&text, &Machine::default());
    assert_eq!(preview.status, Status::Degraded);
    let rules = preview.files.read("/etc/sudoers.d/90-cloud-init-users").unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(rules).matches(" ALL=(ALL) ALL").count(), 2_000);
    let told = preview.story();
    assert_eq!(told.len(), 4);
}

#[test]
fn pages_that_include_each_other_are_an_error() {
    let page = |text: &str| Answer::Page(text.to_owned());
    let urls = BTreeMap::from([
        ("http://a.example/1".to_owned(), page("#include\nhttp://a.example/2\n")),
        ("http://a.example/2".to_owned(), page("#include\nhttp://a.example/1\nhttp://a.example/2\n")),
    ]);
    let preview = boot("#include\nhttp://a.example/1\n", &Machine { urls, ..Machine::default() });
    assert_eq!(preview.status, Status::Error);
    assert!(preview.journal.effects.len() < 10_000);
}

#[test]
fn templates_are_bounded() {
    for body in [
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'x' * 1000000000 }}",
        "{% for a in range(1000000000) %}{% endfor %}",
    ] {
        let preview = boot(
            &format!("## template: jinja\n#cloud-config\nfinal_message: \"{body}\"\n"),
            &Machine::default(),
        );
        assert_ne!(preview.status, Status::Done, "{body}");
        assert!(said(&preview).contains("template"), "{body}: {}", said(&preview));
    }
}

#[test]
fn values_that_lead_back_to_themselves_are_bounded() {
    let mut text = "#cloud-config\na: &a0 [x]\n".to_owned();
    for number in 1..30 {
        let before = number - 1;
        let _ = writeln!(text, "b{number}: &a{number} [*a{before}, *a{before}, *a{before}]");
    }
    for text in [text.as_str(), "#cloud-config\nruncmd: &a [*a]\n", "#cloud-config\nusers: &a\n  - *a\n"] {
        assert_ne!(boot(text, &Machine::default()).status, Status::Done, "{}", &text[..60.min(text.len())]);
    }
}

#[test]
fn wrong_directives_for_merging_lose_a_part_and_nothing_else() {
    let text = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=\"\n\n--=\nContent-Type: text/cloud-config\n\n\
                hostname: one\n--=\nContent-Type: text/cloud-config\n\nmerge_how: {a: b}\nhostname: two\n--=--\n";
    let preview = boot(text, &Machine::default());
    assert_eq!(preview.recorded()["cloud_config"]["hostname"], "one");
    assert!(said(&preview).contains("part-002"), "{}", said(&preview));
}

#[test]
fn broken_metadata_leaves_the_machine_without_a_data_source() {
    let machines = [
        Machine { metadata: Some(json!({ "local-hostname": 5 })), ..Machine::default() },
        Machine {
            datasource: Some("ConfigDrive".to_owned()),
            metadata: Some(json!({ "hostname": "a" })),
            ..Machine::default()
        },
        Machine {
            datasource: Some("OpenStack".to_owned()),
            metadata: Some(json!({ "uuid": "a", "random_seed": "abcde" })),
            ..Machine::default()
        },
        Machine {
            datasource: Some("GCE".to_owned()),
            metadata: Some(json!({ "instance": { "id": 1 } })),
            ..Machine::default()
        },
        Machine { datasource: Some("Oracle".to_owned()), metadata: Some(json!([])), ..Machine::default() },
        Machine { datasource: Some("Hetzner".to_owned()), unreachable: true, ..Machine::default() },
    ];
    for machine in machines {
        let preview = boot("#cloud-config\nhostname: a\n", &machine);
        assert_eq!(preview.status, Status::Degraded, "{machine:?}");
        assert!(said(&preview).contains("so the user-data is not read"), "{}", said(&preview));
        assert_eq!(preview.recorded()["cloud_config"], json!(null), "{machine:?}");
        assert!(preview.users.iter().any(|user| user.name == "ubuntu"), "{machine:?}");
    }
}

#[test]
fn metadata_of_any_type_ends_a_boot_in_some_way() {
    for value in [json!(null), json!(1), json!("a"), json!([1]), json!({ "a": 1 })] {
        for source in dryboot_cloud_init_boot::SOURCES.each_ref().map(|source| source.name) {
            for key in [
                "public-keys",
                "public_keys",
                "placement",
                "network",
                "local-hostname",
                "hostname",
                "files",
                "uuid",
                "compute",
                "instance",
                "project",
                "interfaces",
                "dns",
                "network-config",
                "private-networks",
                "region",
                "vendor-data",
                "metadata",
            ] {
                let machine = Machine {
                    datasource: Some(source.to_owned()),
                    metadata: Some(json!({ "instance-id": "i", "uuid": "u", key: value })),
                    network_data: Some(json!({ "links": value, "networks": [value] })),
                    network_config: Some(value.to_string()),
                    ..Machine::default()
                };
                let preview = boot("#cloud-config\npackages: [git]\n", &machine);
                assert!(!preview.journal.stages.is_empty(), "{source} {key} {value}");
            }
        }
    }
}

#[test]
fn keys_of_any_type_end_a_boot_in_some_way() {
    let keys: Vec<&str> = dryboot_cloud_init::keys::KEYS.iter().map(|key| key.name).collect();
    let values = [
        "null",
        "1",
        "-1.5",
        "true",
        "a",
        "''",
        "[]",
        "[1]",
        "[a, b]",
        "[null]",
        "[[a]]",
        "[{a: b}]",
        "{}",
        "{a: b}",
        "{a: [1]}",
        "{1: {2: 3}}",
        "2026-11-22",
        "!!binary YQ==",
    ];
    for target in ["ubuntu-24.04", "debian-12", "rhel-9", "amazon-2023"] {
        let target = Target::parse(target).expect("a target");
        for key in &keys {
            for value in values {
                let text = format!("#cloud-config\n{key}: {value}\n");
                let preview = preview(text.as_bytes(), &target, &Machine::default());
                assert!(preview.is_ok_and(|preview| preview.journal.stages.len() == 4), "{text}");
            }
        }
    }
}

#[test]
fn as_many_files_as_anybody_lists_are_written() {
    let mut text = "#cloud-config\nwrite_files:\n".to_owned();
    for number in 0..100_000 {
        let _ = writeln!(text, "- {{path: /srv/../srv/f{number}}}");
    }
    let preview = boot(&text, &Machine::default());
    assert_eq!(preview.status, Status::Done, "{}", said(&preview).chars().take(400).collect::<String>());
    assert!(preview.files.entry("/srv/f99999").is_some());
}

#[test]
fn a_command_that_fails_does_not_tell_a_password() {
    let text = "#cloud-config\nusers: [{name: a, passwd: $6$s$SECRET, primary_group: nosuch}]\n";
    let preview = boot(text, &Machine::default());
    let told: Vec<String> = preview.story().iter().map(|stage| format!("{stage:?}")).collect();
    let shown = said(&preview) + &told.join("\n");
    assert!(shown.contains("useradd a --password ***"), "{shown}");
    assert!(!shown.contains("SECRET"), "{shown}");
}
