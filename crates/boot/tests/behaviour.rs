//! What the recordings do not show: failures of every kind, the flags, and the fork's parts.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_boot::{Preview, parse_description, preview};
use dryboot_coreos::Target;
use serde_json::{Value, json};

fn boot(text: &str, target: Target, machine: Value) -> Preview {
    let machine = parse_description(machine.to_string().as_bytes()).expect("a description");
    preview(text.as_bytes(), target, &machine)
}

fn actions(preview: &Preview) -> Vec<String> {
    let name = |action: Value| action["action"].as_str().unwrap_or_default().to_owned();
    let json = |effect: &dryboot_boot::Effect| serde_json::to_value(&effect.action).expect("JSON");
    preview.effects.iter().map(json).map(name).filter(|name| name != "unmask").collect()
}

fn last_words(preview: &Preview) -> &str {
    preview.messages.last().map_or("", |message| &message.text)
}

const BOND: &str = "iface bond0 inet manual\n bond-slaves eth0\n bond-mode 4\niface bond0.7 inet dhcp\n \
                    vlan_raw_device bond0\n";

#[test]
fn modules_are_loaded_between_the_two_restarts() {
    let machine = json!({"convert_netconf": "debian", "network_config": BOND, "system_interfaces": ["eth0"]});
    let preview = boot("#cloud-config\n", Target::CoreOs, machine);
    assert_eq!(
        actions(&preview)[..4],
        ["link_down", "modprobe", "modprobe", "unit_command"].map(str::to_owned)
    );
    assert_eq!(preview.machine.modules, [vec!["8021q"], vec!["bonding", "mode=4"]]);
    assert_eq!(preview.machine.links_down, ["eth0"]);
}

#[test]
fn networkd_is_restarted_even_when_a_module_fails() {
    let machine = json!({"convert_netconf": "debian", "network_config": BOND, "fail": ["modprobe"]});
    let preview = boot("#cloud-config\n", Target::CoreOs, machine);
    assert_eq!(actions(&preview), ["modprobe", "unit_command"]);
    assert_eq!(last_words(&preview), "Failed to apply cloud-config: exit status 1");
}

#[test]
fn an_interface_that_stands_on_itself_kills_the_program() {
    let config = "iface a inet manual\n bond-slaves b eth0\niface b inet manual\n bond-slaves a\n";
    for target in Target::ALL {
        let preview =
            boot("#cloud-config\n", target, json!({"convert_netconf": "debian", "network_config": config}));
        assert_eq!(preview.exit_code, 2);
    }
}

#[test]
fn requests_to_systemd_fail_in_the_words_of_the_description() {
    let text = "#cloud-config\ncoreos:\n  units:\n    - {name: a.service, content: x, enable: true, command: start}\n";
    for (fail, actions_before, words) in [
        (json!(["dbus=no bus"]), 1, "no bus"),
        (json!(["enable:a.service=no"]), 2, "no"),
        (json!(["daemon_reload=no"]), 3, "failed systemd daemon-reload: no"),
        (json!(["unit_command:start:a.service=no"]), 4, "no"),
    ] {
        let preview = boot(text, Target::CoreOs, json!({ "fail": fail }));
        assert_eq!(preview.exit_code, 1);
        assert_eq!(actions(&preview).len(), actions_before, "{fail}");
        assert_eq!(last_words(&preview), format!("Failed to apply cloud-config: {words}"));
    }
}

#[test]
fn without_a_bus_the_name_of_a_scripts_unit_stays_empty() {
    let preview =
        boot("#!/bin/sh\n", Target::CoreOs, json!({"fail": ["dbus=no bus"], "flags": "-workspace /w"}));
    assert_eq!(actions(&preview), ["write_file", "write_file"]);
    assert_eq!(preview.machine.files.read("/w/scripts/unit-name"), Some(&b""[..]));
    assert_eq!(last_words(&preview), "Failed to run script: no bus");
}

#[test]
fn failures_of_the_input_can_be_ignored_and_others_not() {
    let ignore = json!({"flags": ["-ignore-failure"]});
    assert_eq!(boot("nothing", Target::CoreOs, ignore.clone()).exit_code, 0);
    assert_eq!(boot("#cloud-config\na: [\n", Target::Flatcar, ignore).exit_code, 0);
    let fatal = json!({"flags": ["-ignore-failure"], "metadata_error": "gone"});
    assert_eq!(boot("#cloud-config\n", Target::CoreOs, fatal).exit_code, 1);
}

#[test]
fn validation_alone_changes_nothing() {
    let machine = json!({"flags": ["--validate=true"], "hostname": "m"});
    let preview = boot("#cloud-config\nhostname: x\n", Target::CoreOs, machine.clone());
    assert_eq!((preview.exit_code, preview.effects.len()), (0, 0));
    let preview = boot("#cloud-config\nhostnme: x\n", Target::CoreOs, machine);
    assert_eq!((preview.exit_code, preview.effects.len()), (1, 0));
}

#[test]
fn a_server_that_fails_is_asked_fifteen_times() {
    let text = "#cloud-config\nusers: [{name: core, coreos_ssh_import_url: \"http://k/\"}]\n";
    let machine = json!({"http": {"http://k/": {"status": 503, "body": ""}}});
    let preview = boot(text, Target::CoreOs, machine);
    assert_eq!(actions(&preview), vec!["http_get"; 15]);
    assert!(last_words(&preview).ends_with("Unable to fetch data. Maximum retries reached: 15"));
    let machine = json!({"http": {"http://k/": {"status": 200, "body": "<html>"}}});
    let preview = boot(text, Target::CoreOs, machine);
    assert!(last_words(&preview).ends_with("invalid character '<' looking for beginning of value"));
}

#[test]
fn only_values_that_are_decoded_can_refuse_a_config() {
    for (text, refusal) in [
        ("hostname: !!int three", Some("cannot decode !!str `three` as a !!int")),
        ("unknown: !!int three", None),
        ("hostname: {{ name }}", None),
        ("users: [{<<: 3, name: a}]", Some("map merge requires map or sequence of maps as the value")),
        ("unknown: {<<: 3}", None),
        ("coreos: &c {units: [*c]}", Some("Anchor 'c' value contains itself")),
        ("*x-y : 3\nhostname: a", None),
    ] {
        let preview = boot(&format!("#cloud-config\n{text}\n"), Target::CoreOs, json!({}));
        let said = preview.stdout.strip_prefix("Failed to parse user-data: YAML error: ");
        let said = said.and_then(|said| said.strip_suffix("\nContinuing...\n"));
        if !text.starts_with('*') {
            assert_eq!(said, refusal, "{text}");
        }
        assert_eq!(preview.exit_code == 1, said.is_some(), "{text}");
    }
    for (text, is_refused) in [
        ("hostname: a\nhostname: b", true),
        ("unknown: {a: 1, a: 2}", false),
        ("? [a]\n: b", true),
        ("- a", true),
        ("~", false),
        ("text", true),
    ] {
        let preview = boot(&format!("#cloud-config\n{text}\n"), Target::Flatcar, json!({}));
        assert_eq!(preview.exit_code == 1, is_refused, "{text}");
    }
}

#[test]
fn the_tag_that_kills_coreos_is_nothing_to_the_fork() {
    let text = "#cloud-config\n%TAG ! tag:x,2000:\n---\nhostname: !a b\n";
    let preview = boot(text, Target::CoreOs, json!({"hostname": "m"}));
    assert_eq!((preview.exit_code, preview.effects.len()), (2, 0));
}

fn message(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("--B\n{part}\n")).collect();
    format!("Content-Type: multipart/mixed; boundary=\"B\"\nMIME-Version: 1.0\n\n{}--B--\n", parts.concat())
}

#[test]
fn a_part_that_fails_does_not_stop_the_others() {
    let text = message(&[
        "Content-Type: text/cloud-config\n\n#cloud-config\nwrite_files: [{path: /usr/x}]",
        "Content-Type: text/plain\n\n#!/bin/sh\nfalse",
        "Content-Type: text/plain\n\nhello",
    ]);
    let preview = boot(&text, Target::Flatcar, json!({"hostname": "a.b"}));
    assert_eq!(actions(&preview), ["set_hostname", "write_file", "start_transient_unit", "write_file"]);
    assert_eq!(preview.machine.hostname, "a");
    let words: Vec<&str> = preview.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(
        words,
        [
            "Failed to run part \"\": error applying cloud-config: open /usr/cloudinit-temp<rand>: \
             read-only file system",
            "ignoring part of type unknown",
        ]
    );
    assert_eq!(preview.exit_code, 1);
}

#[test]
fn a_part_that_cannot_be_read_discards_all_parts() {
    for (part, words) in [
        ("Content-Type: text/cloud-config\n\na: [\n#########", "error parsing cloud-config: yaml: "),
        ("Content-Type: text/x-shellscript\n\necho", "error parsing script: payload is not a script"),
        ("X: y\n\nz", "error parsing part header: no Content-Type header found"),
        (
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n*",
            "error decoding base64: illegal base64 data at input byte 0",
        ),
        ("Content-Type: application/gzip\n\nnope", "error reading gzip: unexpected EOF"),
    ] {
        let text = message(&["Content-Type: text/x-shellscript\n\n#!/bin/sh\ntrue", part]);
        let preview = boot(&text, Target::Flatcar, json!({"hostname": "m"}));
        assert_eq!(actions(&preview), ["set_hostname"], "{part}");
        let prefix = "Failed to parse user-data: error parsing user-data: error parsing multipart MIME: ";
        assert!(last_words(&preview).starts_with(&format!("{prefix}{words}")), "{}", last_words(&preview));
        assert_eq!(preview.exit_code, 1);
    }
}

#[test]
fn a_short_config_as_a_part_kills_the_fork() {
    let preview = boot(&message(&["Content-Type: text/cloud-config\n\na: b"]), Target::Flatcar, json!({}));
    assert_eq!(preview.exit_code, 2);
    assert!(last_words(&preview).ends_with("slice bounds out of range [:13] with length 4"));
}

#[test]
fn long_host_names_are_cut_by_the_fork() {
    let text = format!("#cloud-config\nhostname: {}.example\n", "x".repeat(70));
    let preview = boot(&text, Target::Flatcar, json!({}));
    assert_eq!(preview.machine.hostname.len(), 63);
    assert!(last_words(&preview).starts_with("Hostname too long."));
}

#[test]
fn files_land_where_links_lead_and_stop_where_they_cannot() {
    let text = "#cloud-config\nwrite_files: [{path: /link/f, content: x}, {path: /data, content: y}]\n";
    let machine = json!({"files": {"/link": "symlink:/data/dir"}, "dirs": ["/data/dir"]});
    let preview = boot(text, Target::CoreOs, machine);
    assert_eq!(preview.machine.files.read("/data/dir/f"), Some(&b"x"[..]));
    assert!(last_words(&preview).ends_with("rename /cloudinit-temp<rand> /data: file exists"));
    let machine = json!({"files": {"/link": "symlink:/usr"}});
    assert!(last_words(&boot(text, Target::CoreOs, machine)).ends_with("read-only file system"));
}
