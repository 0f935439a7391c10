//! Boots on platforms: the config of the image, the user's text in it, and no metadata that a
//! platform cannot give.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_boot::platform::{
    BootInput, Field, PLATFORMS, Platform, Start, boot, describe, oem_config, presets,
};
use dryboot_boot::{Action, Cause, MachineDescription, Preview, State, parse_description};
use dryboot_coreos::Target;
use serde_json::json;

const TEXT: &[u8] = b"#cloud-config\nwrite_files:\n  - {path: /a, content: $public_ipv4 $private_ipv4}\n";

/// A machine that has everything.
fn machine() -> MachineDescription {
    let machine = json!({
        "hostname": "given", "ssh_keys": {"a": "ssh-ed25519 A"},
        "public_ipv4": "203.0.113.1", "private_ipv4": "10.0.0.1",
        "public_ipv6": "2001:db8::1", "private_ipv6": "fd00::1",
        "network_config": "", "network_map": {},
    });
    parse_description(machine.to_string().as_bytes()).expect("a description")
}

fn input<'a>(name: &str, target: Target, machine: &'a MachineDescription) -> BootInput<'a> {
    let platform = Platform::from_name(name).expect("a platform");
    BootInput { target, platform, datasource: None, oem: None, machine }
}

fn booted(name: &str, target: Target, machine: &MachineDescription) -> Preview {
    boot(TEXT, &input(name, target, machine)).expect("supported")
}

/// Every platform with every target that knows it.
fn everywhere() -> impl Iterator<Item = (&'static Platform, Target)> {
    PLATFORMS.iter().flat_map(|platform| platform.targets.iter().map(move |&target| (platform, target)))
}

fn content(preview: &Preview, path: &str) -> String {
    String::from_utf8_lossy(preview.machine.files.read(path).expect("the file")).into_owned()
}

#[test]
fn what_a_platform_gives_reaches_the_machine_and_nothing_else() {
    for (platform, target) in everywhere() {
        let preview = booted(platform.name, target, &machine());
        let name = platform.name;
        assert_eq!(preview.exit_code, 0, "{name}");
        let gives = |field| platform.gives(field);
        assert_eq!(preview.machine.hostname == "given", gives(Field::Hostname), "{name}");
        let mut keys = preview.machine.accounts["core"].authorized_keys.values().flatten();
        let has_keys = keys.any(|key| key.contains("ssh-ed25519 A"));
        assert_eq!(has_keys, gives(Field::SshKeys), "{name}");
        let text = content(&preview, "/a");
        assert_eq!(text.contains("203.0.113.1"), gives(Field::PublicIpv4), "{name}");
        assert_eq!(text.contains("10.0.0.1"), gives(Field::PrivateIpv4), "{name}");
        let unused = preview.notes.iter().filter(|note| note.ends_with("the given value is not used"));
        assert_eq!(unused.count(), platform.lacks().count(), "{name}");
    }
}

#[test]
fn vagrant_applies_the_file_once_its_path_unit_is_started() {
    let machine = MachineDescription::default();
    let preview = booted("vagrant", Target::CoreOs, &machine);
    // Vagrant's plugin writes an address of the machine itself where the Vagrantfile has none.
    assert_eq!(content(&preview, "/a"), "127.0.0.1 127.0.0.1");
    let keys = &preview.machine.accounts["core"].authorized_keys;
    assert_eq!(keys.len(), 1, "the key of the box");

    let oem = b"#cloud-config\n";
    let without = BootInput { oem: Some(oem), ..input("vagrant", Target::CoreOs, &machine) };
    let preview = boot(TEXT, &without).expect("supported");
    assert!(preview.machine.files.read("/a").is_none());
    assert!(
        preview.notes.iter().any(|note| note.contains("nothing reads the user-data")),
        "{:?}",
        preview.notes
    );
}

#[test]
fn the_environment_fills_addresses_where_the_unit_reads_it() {
    let mut machine = MachineDescription::default();
    machine.files.insert("/etc/environment".to_owned(), "COREOS_PUBLIC_IPV6=fd00::9\n".to_owned());
    machine.network_config = Some(String::new());
    machine.network_map = Some(std::collections::BTreeMap::new());
    let text = b"#cloud-config\nwrite_files: [{path: /a, content: \"at $public_ipv6\"}]\n";
    for (platform, target) in everywhere() {
        let preview = boot(text, &input(platform.name, target, &machine)).expect("supported");
        let reads = content(&preview, "/a") == "at fd00::9";
        assert_eq!(reads, platform.reads_environment, "{}", platform.name);
    }
}

#[test]
fn every_effect_stands_in_one_step() {
    for (platform, target) in everywhere() {
        let preview = booted(platform.name, target, &machine());
        let steps = preview.stages.iter().flat_map(|stage| &stage.steps);
        let told: Vec<usize> = steps.flat_map(|step| step.effects.iter().copied()).collect();
        assert_eq!(told, (0..preview.effects.len()).collect::<Vec<_>>(), "{}", platform.name);
    }
}

#[test]
fn steps_behind_a_failure_are_not_reached() {
    let failing = MachineDescription { fail: vec!["hostnamectl".to_owned()], ..machine() };
    let preview = booted("config-drive", Target::CoreOs, &failing);
    let state = |what: &str| {
        let steps = preview.stages.iter().flat_map(|stage| &stage.steps);
        steps.filter(|step| step.what.starts_with(what)).map(|step| step.state).collect::<Vec<_>>()
    };
    assert_eq!(state("set the host name"), [State::Failed]);
    assert_eq!(state("write files"), [State::NotReached]);
}

#[test]
fn the_config_of_every_image_is_applied_whole_and_has_the_users_text_applied() {
    for platform in PLATFORMS {
        let Some(config) = oem_config(platform, Target::CoreOs) else {
            assert_ne!(platform.start, Start::Oem, "{}", platform.name);
            continue;
        };
        let preview = booted(platform.name, Target::CoreOs, &machine());
        assert_eq!(preview.oem.as_deref(), Some(config));
        assert!(content(&preview, "/etc/oem-release").starts_with("ID="), "{}", platform.name);
        let of_image =
            preview.effects.iter().flat_map(|effect| &effect.causes).filter_map(|cause| match cause {
                Cause::Oem(span) => Some(*span),
                _ => None,
            });
        assert!(of_image.into_iter().all(|span| span.end <= config.len()));
        let is_nested = preview.stages.iter().flat_map(|stage| &stage.steps).any(|step| step.depth > 0);
        assert_eq!(
            is_nested,
            platform.start == Start::Oem
                || platform.programs.iter().any(|program| program.waits_for.is_none()),
            "{}",
            platform.name
        );
    }
}

#[test]
fn metadata_to_begin_with_is_of_the_platforms_form() {
    for (platform, target) in everywhere() {
        for preset in presets(platform) {
            let mut machine = MachineDescription::default();
            let text = preset.text.as_bytes();
            let described = describe(platform, None, target, text, |_| None, &mut machine);
            let described = described.expect(preset.title);
            assert_eq!(described.notes, Vec::<String>::new(), "{}", preset.title);
            assert_eq!(machine.metadata_error, None);
            let preview = boot(
                TEXT,
                &BootInput { datasource: described.datasource, ..input(platform.name, target, &machine) },
            );
            let preview = preview.expect("supported");
            let crashes = preset.title == "A drive without network configuration";
            assert_eq!(preview.exit_code, if crashes { 2 } else { 0 }, "{}: {}", platform.name, preset.title);
        }
        let has_metadata = platform.datasources.iter().any(|source| source.form.is_some());
        assert_eq!(presets(platform).next().is_some(), has_metadata, "{}", platform.name);
    }
}

#[test]
fn a_config_of_ones_own_takes_the_place_of_the_images() {
    let machine = machine();
    let with = |oem: &'static [u8]| {
        boot(TEXT, &BootInput { oem: Some(oem), ..input("ec2-compat", Target::CoreOs, &machine) })
            .expect("supported")
    };
    // Nobody applies the user's text.
    let preview = with(b"#cloud-config\nhostname: image\n");
    assert_eq!((preview.exit_code, preview.machine.hostname.as_str()), (1, "image"));
    assert!(preview.notes[0].starts_with("nothing reads the user-data"), "{:?}", preview.notes);
    assert!(preview.machine.files.read("/a").is_none());
    // Both write the same file, the image's unit runs in between.
    let preview = with(
        b"#cloud-config\nwrite_files: [{path: /a, content: image}]\ncoreos:\n  units:\n    - name: \
            mine.service\n      command: start\n      content: |\n        [Service]\n        \
            ExecStart=-/usr/bin/coreos-cloudinit --from-ec2-metadata=http://169.254.169.254/\n",
    );
    assert_eq!(content(&preview, "/a"), "203.0.113.1 10.0.0.1");
    let writers: Vec<_> = preview
        .effects
        .iter()
        .filter(|effect| matches!(&effect.action, Action::WriteFile { path, .. } if path == "/a"))
        .collect();
    assert!(matches!(writers[0].causes[0], Cause::Oem(_)) && matches!(writers[1].causes[0], Cause::Text(_)));
}

#[test]
fn what_the_image_masks_does_not_run() {
    let machine = machine();
    let oem = b"#cloud-config\ncoreos: {units: [{name: user-configdrive.service, mask: true}]}\n";
    let preview =
        boot(TEXT, &BootInput { oem: Some(oem), ..input("config-drive", Target::CoreOs, &machine) })
            .expect("supported");
    assert_eq!(preview.exit_code, 1);
    let masked =
        preview.stages.iter().flat_map(|stage| &stage.steps).find(|step| step.state == State::NotReached);
    assert_eq!(masked.and_then(|step| step.why.as_deref()), Some("the unit is masked"));
}

#[test]
fn a_datasource_that_does_not_answer_leaves_the_other_or_none() {
    let fail = |sources: &[&str]| MachineDescription {
        fail: sources.iter().map(|source| format!("datasource:{source}")).collect(),
        ..machine()
    };
    let preview = booted("ec2-compat", Target::CoreOs, &fail(&["ec2"]));
    assert_eq!((preview.exit_code, content(&preview, "/a").trim()), (0, ""));
    let preview = booted("ec2-compat", Target::CoreOs, &fail(&["ec2", "config drive"]));
    assert_eq!(preview.exit_code, 1);
    assert!(preview.machine.files.read("/a").is_none());
    assert!(preview.machine.files.read("/etc/oem-release").is_some());
}

#[test]
fn a_script_of_the_image_that_fails_keeps_the_users_unit_from_starting() {
    for name in ["ec2", "rackspace"] {
        let failing = MachineDescription { fail: vec!["coreos-setup-environment".to_owned()], ..machine() };
        let preview = booted(name, Target::CoreOs, &failing);
        assert_eq!(preview.exit_code, 1, "{name}");
        assert!(preview.machine.files.read("/a").is_none(), "{name}");
    }
}

#[test]
fn without_a_network_configuration_onmetal_kills_the_program() {
    let machine = MachineDescription { network_config: None, ..machine() };
    assert_eq!(booted("rackspace-onmetal", Target::CoreOs, &machine).exit_code, 2);
}

#[test]
fn the_network_file_of_a_drive_is_found_by_its_path() {
    let platform = Platform::from_name("config-drive").expect("a platform");
    let mut machine = MachineDescription::default();
    let file = |path: &str| (path == "/content/0000").then(|| b"auto lo".to_vec());
    let json = br#"{"network_config": {"content_path": "/content/0000"}}"#;
    describe(platform, None, Target::CoreOs, json, file, &mut machine).expect("metadata");
    assert_eq!(machine.network_config.as_deref(), Some("auto lo"));
    let described = describe(platform, None, Target::CoreOs, json, |_| None, &mut machine).expect("metadata");
    assert!(described.notes[0].contains("is not on the config drive"), "{:?}", described.notes);
    assert_eq!(machine.network_config.as_deref(), Some(""));
}

#[test]
fn a_host_name_of_ec2_ends_at_a_blank_for_coreos_alone() {
    let platform = Platform::from_name("ec2-compat").expect("a platform");
    for (target, name) in [(Target::CoreOs, "a"), (Target::Flatcar, "a b")] {
        let mut machine = MachineDescription::default();
        let json = br#"{"2009-04-04/meta-data/hostname": "a b\nc"}"#;
        describe(platform, None, target, json, |_| None, &mut machine).expect("metadata");
        assert_eq!(machine.hostname.as_deref(), Some(name));
    }
}

#[test]
fn the_form_of_the_metadata_tells_which_datasource_has_answered() {
    let platform = Platform::from_name("openstack").expect("a platform");
    for (json, name) in [
        (&br#"{"local-ipv4": "10.0.0.1"}"#[..], "ec2"),
        (br#"{"uuid": "x", "hostname": "y"}"#, "config drive"),
    ] {
        let mut machine = MachineDescription::default();
        let described = describe(platform, None, Target::CoreOs, json, |_| None, &mut machine);
        let source = described.expect("metadata").datasource.expect("a datasource");
        assert_eq!(source.name, name);
    }
}

#[test]
fn what_has_not_the_platforms_form_is_refused_with_its_place() {
    for (name, text, words) in [
        ("ec2", "{", "EOF while parsing an object at line 1 column 1"),
        ("ec2", "[]", "expected an object"),
        ("config-drive", r#"{"public_keys": []}"#, "expected an object at `public_keys`"),
        ("digitalocean", r#"{"public_keys": [1]}"#, "expected a string at `public_keys[0]`"),
        ("azure", "<SharedConfig>", "the root node was opened but never closed"),
        ("vmware", "hostname", "a property must have the form `KEY = VALUE`, not `hostname`"),
        ("file", "{}", "`file` has no metadata"),
    ] {
        let platform = Platform::from_name(name).expect("a platform");
        let mut machine = MachineDescription::default();
        let refused = describe(platform, None, Target::CoreOs, text.as_bytes(), |_| None, &mut machine);
        assert_eq!(refused.expect_err("refused").to_string(), words, "{name}");
    }
}

#[test]
fn guestinfo_with_an_unknown_role_is_fatal() {
    let platform = Platform::from_name("vmware").expect("a platform");
    let text = b"interface.0.role=internal\ninterface.0.ip.0.address=10.0.0.1/8";
    let mut machine = MachineDescription::default();
    describe(platform, None, Target::CoreOs, text, |_| None, &mut machine).expect("properties");
    assert_eq!(machine.metadata_error.as_deref(), Some("unrecognized role: \"internal\""));
    assert_eq!(booted("vmware", Target::CoreOs, &machine).exit_code, 1);
}
