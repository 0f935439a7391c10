//! Platforms: the table holds what it claims, and no metadata passes that a platform cannot give.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_boot::platform::{Addresses, Field, PLATFORMS, Platform, boot, describe};
use dryboot_boot::{MachineDescription, State, parse_description};
use dryboot_config::Target;
use serde_json::json;

const TEXT: &[u8] = b"#cloud-config\nwrite_files:\n  - {path: /a, content: $public_ipv4 $private_ipv4}\n";

/// A machine that has everything.
fn machine() -> MachineDescription {
    let machine = json!({
        "hostname": "given", "ssh_keys": {"a": "ssh-ed25519 A"},
        "public_ipv4": "203.0.113.1", "private_ipv4": "10.0.0.1",
        "public_ipv6": "2001:db8::1", "private_ipv6": "fd00::1",
        "network_config": "",
    });
    parse_description(machine.to_string().as_bytes()).expect("a description")
}

#[test]
fn names_are_unique_and_every_platform_says_where_it_reads() {
    for (index, platform) in PLATFORMS.iter().enumerate() {
        assert!(PLATFORMS[..index].iter().all(|other| other.name != platform.name), "{}", platform.name);
        assert!(!platform.datasources.is_empty() && !platform.targets.is_empty(), "{}", platform.name);
        assert_eq!(platform.metadata_form.is_some(), !platform.yields.is_empty(), "{}", platform.name);
    }
}

#[test]
fn what_a_platform_gives_reaches_the_program_and_nothing_else() {
    for platform in PLATFORMS {
        for &target in platform.targets {
            let preview = boot(TEXT, target, platform, &machine()).expect("supported");
            let gives = |field| platform.yields.contains(&field);
            assert_eq!(preview.machine.hostname == "given", gives(Field::Hostname), "{}", platform.name);
            let has_keys = !preview.machine.accounts["core"].authorized_keys.is_empty();
            assert_eq!(has_keys, gives(Field::SshKeys), "{}", platform.name);
            let file = preview.machine.files.read("/a").expect("the file");
            let text = String::from_utf8_lossy(file);
            assert_eq!(text.contains("203.0.113.1"), gives(Field::PublicIpv4), "{}", platform.name);
            assert_eq!(text.contains("10.0.0.1"), gives(Field::PrivateIpv4), "{}", platform.name);
            assert_eq!(preview.platform, Some(platform.name));
            assert_eq!(preview.notes.len(), platform.lacks().count(), "{}", platform.name);
        }
    }
}

#[test]
fn the_environment_fills_addresses_where_the_unit_reads_it() {
    let mut machine = MachineDescription::default();
    machine.files.insert("/etc/environment".to_owned(), "COREOS_PRIVATE_IPV4=10.9.9.9\n".to_owned());
    machine.network_config = Some(String::new());
    for platform in PLATFORMS {
        let preview = boot(TEXT, Target::CoreOs, platform, &machine).expect("supported");
        let file = String::from_utf8_lossy(preview.machine.files.read("/a").expect("the file")).into_owned();
        let reads = platform.addresses == Addresses::Environment;
        assert_eq!(file.contains("10.9.9.9"), reads, "{}", platform.name);
    }
}

#[test]
fn every_effect_stands_in_one_step() {
    for platform in PLATFORMS {
        for &target in platform.targets {
            let preview = boot(TEXT, target, platform, &machine()).expect("supported");
            let steps = preview.stages.iter().flat_map(|stage| &stage.steps);
            let told: Vec<usize> = steps.flat_map(|step| step.effects.iter().copied()).collect();
            assert_eq!(told, (0..preview.effects.len()).collect::<Vec<_>>(), "{}", platform.name);
        }
    }
}

#[test]
fn steps_behind_a_failure_are_not_reached() {
    let failing = MachineDescription { fail: vec!["hostnamectl".to_owned()], ..machine() };
    let platform = Platform::from_name("ec2-compat").expect("a platform");
    let preview = boot(TEXT, Target::CoreOs, platform, &failing).expect("supported");
    let state = |what: &str| {
        let steps = preview.stages.iter().flat_map(|stage| &stage.steps);
        steps.filter(|step| step.what.starts_with(what)).map(|step| step.state).collect::<Vec<_>>()
    };
    assert_eq!(state("set the host name"), [State::Failed]);
    assert_eq!(state("write files"), [State::NotReached]);
}

#[test]
fn the_network_file_of_a_drive_is_found_by_its_path() {
    let platform = Platform::from_name("config-drive").expect("a platform");
    let mut machine = MachineDescription::default();
    let file = |path: &str| (path == "/content/0000").then(|| b"auto lo".to_vec());
    let json = br#"{"network_config": {"content_path": "/content/0000"}}"#;
    describe(platform, Target::CoreOs, json, file, &mut machine).expect("metadata");
    assert_eq!(machine.network_config.as_deref(), Some("auto lo"));
}

#[test]
fn a_host_name_of_ec2_ends_at_a_blank_for_coreos_alone() {
    let platform = Platform::from_name("ec2-compat").expect("a platform");
    for (target, name) in [(Target::CoreOs, "a"), (Target::Flatcar, "a b")] {
        let mut machine = MachineDescription::default();
        let json = br#"{"2009-04-04/meta-data/hostname": "a b\nc"}"#;
        describe(platform, target, json, |_| None, &mut machine).expect("metadata");
        assert_eq!(machine.hostname.as_deref(), Some(name));
    }
}
