//! What goes wrong at boot because of the text, lint says beforehand: all recordings of `tests/conformance/cloud-init-boot`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::Severity;
use serde_json::Value;

/// Where the text alone does not show what goes wrong.
const NOT_IN_THE_TEXT: [(&str, &[&str]); 6] = [
    (
        "a command or package of the user's fails, or a machine does not restart",
        &[
            "bootcmd-failing",
            "boothook-fails",
            "landscape",
            "packages-apt-snap-split",
            "packages-install-fails",
            "packages-reboot-if-required",
            "packages-unknown-everywhere",
            "power-condition-other-exit",
            "runcmd-fails",
            "script-fails",
            "snap-fails",
        ],
    ),
    (
        "the image lacks a disk, a program or a user that another image has",
        &[
            "disk-setup-alias-and-missing",
            "groups-forms",
            "mounts-nofail-missing-opts",
            "random-seed-cmd-missing",
            "ssh-import-id-debian-missing",
        ],
    ),
    ("a server does not answer", &["wf-source-uri"]),
    ("the provider's metadata or vendor-data is wrong", &["configdrive-vendor-list", "vendor-bad-yaml"]),
    (
        "a template is not judged without instance data",
        &["jinja-include-unsupported", "jinja-undefined", "jinja-undefined-attr"],
    ),
    ("cloud-init warns about what it does as it is told", &["output-per-stage"]),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init-boot")
}

/// Whether the boot says that something is wrong.
fn goes_wrong(recording: &Value) -> bool {
    let stages = recording["stages"].as_array().into_iter().flatten();
    let steps = stages.flat_map(|stage| stage["steps"].as_array().into_iter().flatten());
    let mut messages = steps.flat_map(|step| step["messages"].as_array().into_iter().flatten());
    messages.any(|message| matches!(message["level"].as_str(), Some("WARNING" | "ERROR" | "CRITICAL")))
}

#[test]
fn what_goes_wrong_at_boot_is_found_in_the_text() {
    let mut silent = BTreeSet::new();
    let mut wrong = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder of recordings") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(name) = file.strip_suffix(".want.json") else { continue };
        let recording = std::fs::read(&path).expect("a recording");
        let recording = serde_json::from_slice(&recording).unwrap_or_else(|error| panic!("{name}: {error}"));
        if !goes_wrong(&recording) {
            continue;
        }
        wrong += 1;
        let text = std::fs::read(folder().join(format!("{name}.in"))).expect("user-data");
        let subject = Subject::new(Kind::UserData, Target::NEWEST.release);
        let found = report(&text, &Target::NEWEST, &subject, &|_| true).diagnostics;
        if !found.iter().any(|found| found.severity >= Severity::Warning) {
            silent.insert(name.to_owned());
        }
    }
    assert!(wrong > 80, "only {wrong} boots go wrong");
    let expected: BTreeSet<String> =
        NOT_IN_THE_TEXT.iter().flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned())).collect();
    assert_eq!(silent, expected, "boots of which lint knows nothing");
}
