//! `lint --fix` and `--diff`: which stream gets what, and bytes that are not UTF-8.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

const BEFORE: &[u8] = b"#cloud-config\nwrite-files: []\n";
const AFTER: &[u8] = b"#cloud-config\nwrite_files: []\n";
const UNFIXABLE: &[u8] = b"#cloud-config\nhostname: [\n";

fn folder() -> TempDir {
    tempdir().expect("a folder")
}

/// Lints with `arguments`, and `stdin` as standard input.
fn lint(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command.current_dir(folder).env("NO_COLOR", "1").args(["lint", "--target=flatcar"]).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    let mut input = child.stdin.take().expect("standard input");
    let stdin = stdin.to_owned();
    // What is read and written at once would wait for itself.
    let writer = std::thread::spawn(move || input.write_all(&stdin));
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join();
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short text").to_le_bytes();
    let complement = (!u16::from_le_bytes(length)).to_le_bytes();
    [&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1][..], &length, &complement, bytes, &[0; 8]].concat()
}

#[test]
fn standard_output_is_the_text_fixed_or_not() {
    let folder = folder();
    let compressed = gzip(BEFORE);
    let latin1 = b"#cloud-config\nhostname: M\xfcller\n";
    for (text, wanted) in [
        (BEFORE, AFTER),
        (AFTER, AFTER),
        (UNFIXABLE, UNFIXABLE),
        (compressed.as_slice(), compressed.as_slice()),
        (latin1, latin1),
        (b"", b""),
        (b"\x1b[31m\xff\xfe\0no text, no end", b"\x1b[31m\xff\xfe\0no text, no end"),
    ] {
        for format in ["human", "concise", "json", "coreos-cloudinit"] {
            let output = lint(folder.path(), &["--fix", "--output-format", format, "-"], text);
            assert_eq!(output.stdout, wanted, "{format}: {}", stderr(&output));
        }
    }
}

#[test]
fn findings_of_a_fixed_standard_input_go_to_standard_error() {
    let folder = folder();
    fs::write(folder.path().join("user-data"), UNFIXABLE).expect("a file");
    let output = lint(folder.path(), &["--fix", "--output-format=json", "-", "user-data"], UNFIXABLE);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), UNFIXABLE));
    let report: serde_json::Value = serde_json::from_slice(&output.stderr).expect("JSON");
    assert_eq!(report["summary"]["files"], 2);
}

#[test]
fn a_text_that_is_too_long_passes_to_its_last_byte() {
    let mut text = BEFORE.to_vec();
    text.resize((32 << 20) + 100_000, b'#');
    text.extend(b"the end");
    let output = lint(folder().path(), &["--fix", "--output-format=concise", "-"], &text);
    assert!(output.stdout == text, "{} bytes of {}", output.stdout.len(), text.len());
    assert!(stderr(&output).contains("limit-exceeded"));
}

#[test]
fn bytes_that_are_not_utf8_stay_as_they_are() {
    let folder = folder();
    let file = folder.path().join("user-data");
    for (before, after) in [
        (
            &b"#cloud-config\nssh-authorized-keys: []\n# M\xfcller\n"[..],
            &b"#cloud-config\nssh_authorized_keys: []\n# M\xfcller\n"[..],
        ),
        (b"#cloud-confg \xe9\nhostname: a\n", b"#cloud-confg \xe9\nhostname: a\n"),
        (
            b"\xff\xfe#\0c\0l\0o\0u\0d\0-\0c\0o\0n\0f\0i\0g\0\n\0",
            b"\xff\xfe#\0c\0l\0o\0u\0d\0-\0c\0o\0n\0f\0i\0g\0\n\0",
        ),
        (
            b"#cloud-config\nssh-authorized-keys: []\n# \0\n",
            b"#cloud-config\nssh_authorized_keys: []\n# \0\n",
        ),
    ] {
        fs::write(&file, before).expect("a file");
        let diff = lint(folder.path(), &["--diff", "--unsafe-fixes", "user-data"], b"");
        let output = lint(folder.path(), &["--fix", "--unsafe-fixes", "user-data"], b"");
        let fixed = fs::read(&file).expect("the file");
        assert_eq!(fixed.escape_ascii().to_string(), after.escape_ascii().to_string(), "{}", stderr(&output));
        let diff = String::from_utf8(diff.stdout).expect("UTF-8");
        assert!(!diff.contains('?') && !diff.contains('\u{fffd}'), "{diff}");
        assert_eq!(diff.is_empty(), fixed == before, "{diff}");
    }
}

#[test]
fn a_diff_shows_bytes_by_their_numbers_and_keeps_ends_of_lines() {
    let folder = folder();
    let text = b"#cloud-config\r\nssh-authorized-keys: []\r\n# \x1b[2J\r\n";
    fs::write(folder.path().join("user-data"), text).expect("a file");
    let output = lint(folder.path(), &["--diff", "--select=hyphenated-key", "user-data"], b"");
    let diff = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(diff.contains("-ssh-authorized-keys: []\r\n+ssh_authorized_keys: []\r\n"), "{diff}");
    assert!(diff.contains(" # \\u{1b}[2J\r\n"), "{diff}");
}

#[test]
fn a_file_that_cannot_be_written_does_not_stop_the_others() {
    let folder = folder();
    for name in ["a", "b", "c"] {
        fs::write(folder.path().join(name), BEFORE).expect("a file");
    }
    let mut permissions = fs::metadata(folder.path().join("b")).expect("the file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path().join("b"), permissions).expect("a mode");
    let output = lint(folder.path(), &["--fix", "--output-format=concise", "a", "b", "c"], b"");
    let read = |name| fs::read(folder.path().join(name)).expect("the file");
    assert_eq!((read("a").as_slice(), read("b").as_slice(), read("c").as_slice()), (AFTER, BEFORE, AFTER));
    assert_eq!(output.status.code(), Some(2));
    let words = stderr(&output);
    assert!(words.contains("cannot write b: it is read-only"), "{words}");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(report.contains("b:2:1: error[hyphenated-key]") && !report.contains("a:2:"), "{report}");
}
