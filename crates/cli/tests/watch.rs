//! `--watch` checks again when a file changes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn a_change_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("user-data");
    fs::write(&path, "#cloud-config\nhostnme: web\n").expect("a file");
    let mut watching = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder.path())
        .args(["lint", "--watch", "--output-format", "concise"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let mut lines = BufReader::new(watching.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let first = lines.next().expect("a finding");
    assert!(first.contains("unknown key `hostnme`"), "{first}");
    fs::write(&path, "#cloud-config\nhostname: web\npackges: []\n").expect("a file");
    let next = lines.next().expect("a finding");
    assert!(next.contains("unknown key `packges`"), "{next}");
    watching.kill().expect("it runs");
    watching.wait().expect("it ends");
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .args(["lint", "--watch", "-"])
        .stdin(Stdio::null())
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
}
