//! Metadata and vendor-data in forms that nobody expects, and what comes of them.

#![expect(clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Action, Answer, ImageFile, Machine, Preview, Status, preview};
use serde_json::{Value, json};

fn boot_on(text: &str, machine: &Machine) -> Preview {
    let target = Target::parse("cloud-init@26.2").unwrap_or_else(|error| panic!("{error}"));
    preview(text.as_bytes(), &target, machine).unwrap_or_else(|error| panic!("{error}"))
}

fn nocloud(metadata: &str) -> Preview {
    let machine = Machine { metadata_raw: Some(metadata.to_owned()), ..Machine::default() };
    boot_on("#cloud-config\nhostname: a\n", &machine)
}

fn drive(metadata: Value) -> Machine {
    Machine { datasource: Some("ConfigDrive".to_owned()), metadata: Some(metadata), ..Machine::default() }
}

/// The stage that has the modules of the network stage.
fn stage_of_modules(preview: &Preview) -> Option<&str> {
    let mut stages = preview.journal.stages.iter();
    stages
        .find(|stage| stage.modules.as_ref().is_some_and(|modules| !modules.is_empty()))
        .map(|stage| stage.name)
}

fn ran(preview: &Preview, words: &str) -> bool {
    let mut effects = preview.journal.effects.iter();
    effects.any(|effect| matches!(&effect.action, Action::Run(run) if run.argv.join(" ") == words))
}

#[test]
fn a_seed_that_cannot_be_read_is_empty_and_the_user_data_count() {
    for metadata in ["{a: [", "- a\n", "text\n"] {
        let preview = nocloud(metadata);
        assert_eq!((preview.status, preview.hostname.as_str()), (Status::Degraded, "a"), "{metadata}");
    }
    assert_eq!(nocloud("").status, Status::Done);
    for network in ["text\n", "{a: [", "- a\n"] {
        let machine = Machine { network_config: Some(network.to_owned()), ..Machine::default() };
        let preview = boot_on("#cloud-config\nhostname: a\n", &machine);
        assert_eq!(preview.status, Status::Degraded, "{network}");
        assert!(preview.files.entry("/etc/netplan/50-cloud-init.yaml").is_some(), "{network}");
    }
}

#[test]
fn the_mode_of_a_data_source_says_when_it_is_used() {
    assert_eq!(stage_of_modules(&nocloud("dsmode: local\n")), Some("local"));
    assert_eq!(stage_of_modules(&nocloud("dsmode: net\n")), Some("network"));
    let preview = nocloud("dsmode: disabled\n");
    assert_eq!((preview.status, preview.hostname.as_str()), (Status::Degraded, "ubuntu"));
    assert!(ran(&preview, "netplan apply"));
    for (mode, stage) in [("local", "local"), ("net", "network")] {
        let machine = drive(json!({ "uuid": "u", "meta": { "dsmode": mode } }));
        assert_eq!(stage_of_modules(&boot_on("#cloud-config\n{}\n", &machine)), Some(stage));
        let machine = Machine { datasource: Some("OpenStack".to_owned()), ..machine };
        assert_eq!(stage_of_modules(&boot_on("#cloud-config\n{}\n", &machine)), Some(stage));
    }
}

#[test]
fn a_file_that_the_metadata_only_name_spoils_the_drive() {
    let files = json!([{ "path": "/etc/f", "content_path": "/content/0001" }]);
    let machine = drive(json!({ "uuid": "u", "files": files }));
    let content = BTreeMap::from([("0001".to_owned(), "x".to_owned())]);
    let preview = boot_on("#cloud-config\nhostname: a\n", &Machine { content, ..machine.clone() });
    assert_eq!((preview.status, preview.hostname.as_str()), (Status::Done, "a"));
    let preview = boot_on("#cloud-config\nhostname: a\n", &machine);
    assert_eq!((preview.status, preview.hostname.as_str()), (Status::Degraded, "ubuntu"));
}

#[test]
fn vendor_data_may_be_an_empty_list_and_not_a_number() {
    let with = |vendor: Value| {
        let machine = Machine {
            vendordata_json: Some(vendor),
            ..drive(json!({ "uuid": "u", "random_seed": "a!!A==" }))
        };
        boot_on("#cloud-config\nhostname: a\n", &machine)
    };
    assert_eq!(with(json!([])).status, Status::Done);
    assert_eq!(with(json!(5)).hostname, "ubuntu");
}

#[test]
fn a_network_that_is_left_alone_is_not_noted() {
    let machine = Machine { network_config: Some("config: disabled\n".to_owned()), ..Machine::default() };
    let preview = boot_on("#cloud-config\n{}\n", &machine);
    assert!(preview.files.iter().all(|(path, _)| path != "/run/cloud-init/network-config.json"));
}

#[test]
fn templates_know_the_machine() {
    let text = "## template: jinja\n#cloud-config\nfacts: '{{ v1.distro_version }} {{ v1.local_hostname }} \
                {{ sys_info.dist[2] }} {{ merged_cfg.disable_root }} {{ ds.meta_data.dsmode }}'\n";
    let preview = boot_on(text, &Machine::default());
    assert_eq!(preview.recorded()["cloud_config"]["facts"], "24.04 ubuntu noble True net");
}

#[test]
fn files_of_the_machine_are_included() {
    let file = ImageFile::Content("#cloud-config\nhostname: of-file\n".to_owned());
    let machine =
        Machine { image_files: BTreeMap::from([("/etc/part".to_owned(), file)]), ..Machine::default() };
    for address in ["file:///etc/part", "/etc/part"] {
        assert_eq!(boot_on(&format!("#include\n{address}\n"), &machine).hostname, "of-file", "{address}");
    }
    let urls = BTreeMap::from([("http://a.example/".to_owned(), Answer::Page("#!/bin/sh\n".to_owned()))]);
    let preview = boot_on("#include\nhttp://a.example/\n/etc/nothing\n", &Machine { urls, ..machine });
    assert_eq!(preview.status, Status::Error);
}

/// A message with one part.
fn message(headers: &str, body: &str) -> String {
    format!(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=\"\n\n--=\nContent-Type: {headers}\n\n{body}\n--=--\n"
    )
}

#[test]
fn text_that_is_not_encoded_in_a_message_is_damaged() {
    let script = "/var/lib/cloud/instance/scripts/part-001";
    let preview = boot_on(&message("text/x-shellscript", "#!/bin/sh\necho café"), &Machine::default());
    assert!(preview.status == Status::Degraded && preview.files.entry(script).is_none());
    let preview = boot_on(&message("text/x-shellscript", "#!/bin/sh\necho 5 €"), &Machine::default());
    let text = preview.files.read(script).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(text).trim_end(), "#!/bin/sh\necho 5 \\u20ac");
    let preview = boot_on(&message("text/cloud-config", "hostname: é"), &Machine::default());
    assert_eq!((preview.status, preview.hostname.as_str()), (Status::Degraded, "ubuntu"));
}

#[test]
fn a_part_of_a_message_that_is_not_utf8_or_empty_is_lost_alone() {
    let headers = "text/cloud-config\nContent-Transfer-Encoding: base64";
    assert_eq!(boot_on(&message(headers, "/w=="), &Machine::default()).status, Status::Degraded);
    assert_eq!(boot_on(&message("text/cloud-config", ""), &Machine::default()).status, Status::Degraded);
    let preview = boot_on(&message("text/x-shellscript", ""), &Machine::default());
    assert_eq!(preview.status, Status::Error);
}

#[test]
fn files_add_to_the_config_of_the_image_from_the_next_stage_on() {
    let more = "/etc/cloud/cloud.cfg.d";
    let written = |boots: u32, config: &str| {
        let machine = Machine { boots: Some(boots), ..Machine::default() };
        let config = config.replace('\n', "\n    ");
        let text =
            format!("#cloud-config\nwrite_files:\n- path: {more}/90-own.cfg\n  content: |\n    {config}\n");
        boot_on(&text, &machine)
    };
    // Commands are read after the file is written, and the name of the host before.
    let preview = written(1, "runcmd: [echo]\nhostname: late");
    assert!(preview.files.entry("/var/lib/cloud/instance/scripts/runcmd").is_some());
    assert_eq!(preview.hostname, "ubuntu");
    // What cannot be read, and files of other names, add nothing.
    assert_eq!(written(2, "runcmd: [").status, Status::Done);
    let files = [
        ("10-a.cfg", "hostname: one\n"),
        ("20-b.cfg", "hostname: two\n"),
        ("30-c.conf", "hostname: three\n"),
    ];
    let image_files =
        files.map(|(name, text)| (format!("{more}/{name}"), ImageFile::Content(text.to_owned())));
    let machine = Machine { image_files: BTreeMap::from(image_files), ..Machine::default() };
    assert_eq!(boot_on("#cloud-config\n{}\n", &machine).hostname, "two");
    assert_eq!(boot_on("#cloud-config\nhostname: own\n", &machine).hostname, "own");
}

#[test]
fn scripts_of_the_image_run() {
    let script =
        |mode: &str| ImageFile::WithMode { content: "#!/bin/sh\n".to_owned(), mode: mode.to_owned() };
    let folder = "/var/lib/cloud/scripts/per-boot";
    let image_files = [("10-run", "0755"), ("20-text", "0644"), ("sub/30-deeper", "0755")]
        .map(|(name, mode)| (format!("{folder}/{name}"), script(mode)));
    let machine = Machine { image_files: BTreeMap::from(image_files), ..Machine::default() };
    let preview = boot_on("#cloud-config\n{}\n", &machine);
    let runs = |name: &str| ran(&preview, &format!("{folder}/{name}"));
    assert!(runs("10-run") && !runs("20-text") && !runs("sub/30-deeper"));
}
