//! Files like those that people publish and boot with: no rule may raise an alarm about them.
//!
//! The folder of a file in `tests/corpus/cloud-init` is the distribution that it is written for. It is checked for that
//! and for the newest release.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::Severity;

/// Files with keys that the distribution has added to its cloud-init.
const OF_DISTRIBUTION: [&str; 1] = ["amazon-2023/ecs-node.yaml"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/cloud-init")
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// Every file with the targets that it is for.
fn cases() -> Vec<(String, Target)> {
    let mut cases = Vec::new();
    for distribution in entries(&folder()) {
        let target = Target::parse(&distribution).expect("a distribution");
        for name in entries(&folder().join(&distribution)) {
            let file = format!("{distribution}/{name}");
            if !OF_DISTRIBUTION.contains(&file.as_str()) {
                cases.push((file.clone(), Target::NEWEST));
            }
            cases.push((file, target));
        }
    }
    cases
}

#[test]
fn files_that_work_raise_no_alarm() {
    let cases = cases();
    assert!(cases.len() > 80, "{} cases", cases.len());
    let mut alarms = String::new();
    for (file, target) in cases {
        let bytes = std::fs::read(folder().join(&file)).expect("a file of the corpus");
        let subject = Subject::new(Kind::UserData, target.release);
        for found in report(&bytes, &target, &subject, &|_| true).diagnostics {
            // A key that cloud-init calls deprecated still works: the warning is correct.
            if found.severity >= Severity::Warning && found.rule != "deprecated-key" {
                alarms.push_str(&format!("{file} for {target}: [{}] {}\n", found.rule, found.message));
            }
        }
    }
    assert!(alarms.is_empty(), "{alarms}");
}
