//! `dryboot preview --out`: files below the directory and nowhere else.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::tempdir;

fn preview(directory: &Path, text: &str, arguments: &[&str]) -> Output {
    preview_to("out", directory, text, arguments)
}

fn preview_to(out: &str, directory: &Path, text: &str, arguments: &[&str]) -> Output {
    let input = directory.join("user-data");
    fs::write(&input, text).expect("the input");
    Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(directory)
        .args(["preview", "user-data", "--out", out])
        .args(arguments)
        .output()
        .expect("the command runs")
}

/// Every file below a directory, by path from there.
fn files(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = vec![directory.to_owned()];
    while let Some(next) = queue.pop() {
        for entry in fs::read_dir(next).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.is_symlink() {
                queue.push(path);
            } else {
                found.push(path.strip_prefix(directory).expect("below").display().to_string());
            }
        }
    }
    found.sort();
    found
}

const ESCAPES: &str = "#cloud-config
write_files:
  - {path: ../../../outside, content: a}
  - {path: /etc/../../../etc/motd, content: b}
  - {path: /link/escape, content: c}
coreos:
  units:
    - name: ../../../../../../evil.service
      content: d
    - name: a/b.service
      content: e
    - name: masked.service
      mask: true
";

#[test]
fn nothing_is_written_elsewhere() {
    let directory = tempdir().expect("a directory");
    let outside = directory.path().join("elsewhere");
    fs::create_dir(&outside).expect("a directory");
    let machine = format!(r#"{{"files": {{"/link": "symlink:{}"}}, "dirs": ["{0}"]}}"#, outside.display());
    fs::write(directory.path().join("machine.json"), machine).expect("the machine");
    let output = preview(directory.path(), ESCAPES, &["--machine", "machine.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(files(&outside), Vec::<String>::new());
    let escape = format!("out/root{}/escape", outside.display());
    let mut expected = vec![
        "machine.json",
        "out/manifest.json",
        "out/root/etc/motd",
        "out/root/etc/systemd/system/a/b.service",
        "out/root/evil.service",
        "out/root/outside",
        &escape,
        "user-data",
    ];
    expected.sort_unstable();
    assert_eq!(files(directory.path()), expected);
}

#[test]
fn the_manifest_lists_files_and_links_with_what_the_machine_makes_of_them() {
    let directory = tempdir().expect("a directory");
    let text = "#cloud-config\nwrite_files: [{path: /opt/x, permissions: '0750', owner: core, content: hi}]\ncoreos: {units: [{name: m.service, mask: true}]}\n";
    assert_eq!(preview(directory.path(), text, &[]).status.code(), Some(0));
    let json = fs::read(directory.path().join("out/manifest.json")).expect("the manifest");
    let manifest: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(
        manifest["files"],
        serde_json::json!([
            {"path": "/etc/systemd/system/m.service", "link": "/dev/null", "mode": "0644", "owner": "root"},
            {"path": "/opt/x", "file": "root/opt/x", "mode": "0750", "owner": "core", "size": 2},
        ])
    );
    assert_eq!(fs::read(directory.path().join("out/root/opt/x")).expect("the file"), b"hi");
}

#[test]
fn a_directory_that_has_something_is_left_alone() {
    let directory = tempdir().expect("a directory");
    fs::create_dir(directory.path().join("out")).expect("a directory");
    fs::write(directory.path().join("out/mine"), "kept").expect("a file");
    let output = preview(directory.path(), "#cloud-config\nhostname: a\n", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not empty"));
    assert_eq!(files(&directory.path().join("out")), ["mine"]);
}

#[test]
fn a_file_in_the_place_of_the_directory_is_an_error() {
    let directory = tempdir().expect("a directory");
    fs::write(directory.path().join("out"), "kept").expect("a file");
    let output = preview(directory.path(), "#cloud-config\nhostname: a\n", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write below out"));
    assert_eq!(fs::read_to_string(directory.path().join("out")).expect("the file"), "kept");
}

#[test]
fn what_cannot_be_written_is_reported_beside_the_preview_and_leaves_nothing() {
    let directory = tempdir().expect("a directory");
    // As long as the machine takes a path, and too long for this one below a directory.
    let long = vec!["x".repeat(250); 16].join("/");
    let text = format!(
        "#cloud-config\nwrite_files: [{{path: /etc/motd, content: a}}, {{path: /{long}/b, content: b}}]\n"
    );
    let parent = "d".repeat(200);
    fs::create_dir(directory.path().join(&parent)).expect("a directory");
    let out = format!("{parent}/out");
    let output = preview_to(&out, directory.path(), &text, &[]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("cannot write the machine's /x") && stderr.contains("File name too long"),
        "{stderr}"
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("/etc/motd"));
    assert_eq!(files(directory.path()), ["user-data"]);
    assert!(!directory.path().join(&out).exists());
    // An empty directory of the user's stays.
    fs::create_dir(directory.path().join(&out)).expect("a directory");
    assert_eq!(preview_to(&out, directory.path(), &text, &[]).status.code(), Some(2));
    assert_eq!(fs::read_dir(directory.path().join(&out)).expect("a directory").count(), 0);
}
