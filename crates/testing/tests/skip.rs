//! What becomes of a test that skips itself. The test runs itself a second time to see it from outside.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::process::{Command, Output};

use dryboot_testing::{SKIPPED, skip};

const INSIDE: &str = "DRYBOOT_TESTING_INSIDE";

#[test]
fn a_skipped_test_is_recorded_and_fails_in_ci() {
    if std::env::var_os(INSIDE).is_some() {
        return skip("the moon is full");
    }
    let record = std::env::temp_dir().join(format!("dryboot-skipped-{}", std::process::id()));
    let run = |ci: &str| -> Output {
        Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "a_skipped_test_is_recorded_and_fails_in_ci", "--test-threads=2"])
            .envs([(INSIDE, "1"), ("CI", ci)])
            .env(SKIPPED, &record)
            .output()
            .expect("a second run")
    };
    let (elsewhere, in_ci) = (run(""), run("true"));
    let recorded = fs::read_to_string(&record).expect("a record");
    fs::remove_file(&record).expect("removed");

    assert!(elsewhere.status.success(), "{elsewhere:?}");
    assert_eq!(recorded, "skip: a_skipped_test_is_recorded_and_fails_in_ci\tthe moon is full\n");
    let shown = String::from_utf8_lossy(&elsewhere.stderr);
    assert!(shown.contains("skipped, because the moon is full: skip: a_skipped_test"), "{shown}");
    assert!(!in_ci.status.success(), "{in_ci:?}");
    let said = String::from_utf8_lossy(&in_ci.stdout);
    assert!(said.contains("cannot run, because the moon is full"), "{said}");
}
