//! Input of every bad kind: a clear message and the right exit code, never a panic or a hang.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn lint(folder: &Path, args: &[&str]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .args(["lint", "--output-format", "concise", "--target", "coreos"])
        .args(args)
        .output()
        .expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Outcome { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Lints one file of these bytes.
fn lint_bytes(bytes: &[u8]) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("user-data"), bytes).expect("a file");
    lint(folder.path(), &["user-data"])
}

fn assert_finding(bytes: &[u8], rule: &str, words: &str) {
    let outcome = lint_bytes(bytes);
    let finding = format!("error[{rule}]");
    assert!(outcome.stdout.contains(&finding) && outcome.stdout.contains(words), "{}", outcome.stdout);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(1), ""));
}

fn gzip(bytes: &[u8], trailer: [u8; 8]) -> Vec<u8> {
    let header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    // One stored block of deflate.
    let length = u16::try_from(bytes.len()).expect("a short text").to_le_bytes();
    let complement = (!u16::from_le_bytes(length)).to_le_bytes();
    [&header[..], &[1], &length, &complement, bytes, &trailer].concat()
}

#[test]
fn a_file_that_nobody_judges_is_not_checked() {
    for (bytes, reason) in [
        (&b""[..], "it is empty, so the machine gets no config"),
        (b"#!/bin/sh\n", "it is a script, which bash runs at boot"),
        (br#"{"ignition": {"version": "3.3.0"}}"#, "it is an Ignition config, which Ignition applies"),
    ] {
        let outcome = lint_bytes(bytes);
        let line = format!("user-data: not checked: {reason}\n");
        assert_eq!((outcome.code, outcome.stdout), (Some(0), line));
    }
}

#[test]
fn a_file_of_64_megabytes_is_too_long() {
    let mut long = b"#cloud-config\n".to_vec();
    long.resize(64 << 20, b'a');
    assert_finding(&long, "limit-exceeded", "larger than 32 MiB");
}

#[test]
fn binary_is_not_text() {
    assert_finding(b"\x7fELF\x02\x01\x01\0\0\0", "missing-header", "these bytes are not text");
    let utf16: Vec<u8> = "#cloud-config\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_finding(&utf16, "missing-header", "the file is UTF-16");
}

#[test]
fn invalid_utf8_is_named_where_it_stands() {
    let outcome = lint_bytes(b"#cloud-config\nhostname: a\xffb\n");
    assert!(outcome.stdout.starts_with("user-data:2:12: error[yaml-syntax]"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("invalid leading UTF-8 octet"), "{}", outcome.stdout);
    assert_eq!(outcome.code, Some(1));
}

#[test]
fn gzip_is_unpacked_and_its_damage_is_named() {
    let text = b"#cloud-config\nhostnme: a\n";
    // Checksum and length are wrong, which the target notices after it has read everything.
    let outcome = lint_bytes(&gzip(text, [0; 8]));
    assert!(outcome.stdout.contains("user-data:2:1: error[unknown-key]"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("error[broken-gzip]"), "{}", outcome.stdout);
    assert_finding(&[0x1F, 0x8B, 0xFF, 0, 0], "broken-gzip", "the header is damaged");
}

#[test]
fn nesting_ends_at_a_limit() {
    let text = format!("#cloud-config\nx: {}\n", "[".repeat(100_000));
    assert_finding(text.as_bytes(), "limit-exceeded", "nested deeper than 128 levels");
    let indented: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_finding(format!("#cloud-config\n{indented}").as_bytes(), "limit-exceeded", "nested deeper");
}

#[test]
fn aliases_that_multiply_end_at_a_limit() {
    let mut text = String::from("#cloud-config\na0: &a0 {name: x.service}\n");
    text.push_str(&format!("drop: &drop [{}]\n", vec!["*a0"; 400].join(", ")));
    text.push_str("unit: &unit {name: y.service, drop_ins: *drop}\n");
    text.push_str(&format!("coreos:\n  units: [{}]\n", vec!["*unit"; 400].join(", ")));
    assert_finding(text.as_bytes(), "limit-exceeded", "aliases expand to more than 100000 values");
}

#[test]
fn a_long_text_behind_many_aliases_ends_at_the_same_limit() {
    let mut text = format!("#cloud-config\nhostname: &long {}\n", "x".repeat(1 << 20));
    text.push_str(&format!("ssh_authorized_keys: [{}]\n", vec!["*long"; 50_000].join(", ")));
    assert_finding(text.as_bytes(), "limit-exceeded", "aliases expand to more than");
}

#[test]
fn what_cannot_be_read_is_trouble_but_the_rest_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("user-data"), "#cloud-config\nhostnme: a\n").expect("a file");
    let outcome = lint(folder.path(), &["missing", "user-data"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("cannot read missing: No such file"), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("unknown-key"), "{}", outcome.stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_refuses_to_be_read_is_trouble() {
    // Root may read any file on disk; this one refuses even root.
    let outcome = lint(Path::new("/"), &["/proc/self/mem"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("cannot read /proc/self/mem: "), "{}", outcome.stderr);
}

#[test]
fn a_directory_without_cloud_configs_is_no_input() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("readme.txt"), "hello\n").expect("a file");
    let outcome = lint(folder.path(), &["."]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(3), ""));
    assert!(outcome.stderr.contains("found no cloud-config"), "{}", outcome.stderr);
}

#[test]
fn wrong_usage_is_trouble() {
    let outcome = lint(Path::new("."), &["--no-such-flag"]);
    assert_eq!(outcome.code, Some(2));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    for args in [["rules", "--output-format", "json"], ["rules", "--output-format", "markdown"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dryboot"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}
