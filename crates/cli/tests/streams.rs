//! Readers that have gone, full disks, and inputs that never end.

#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::{TempDir, tempdir};

/// One command for each thing that prints, in a folder with `user-data` and `interfaces`.
const COMMANDS: &[&str] = &[
    "--help",
    "--version",
    "lint --help",
    "lint --output-format=human user-data",
    "lint --output-format=concise user-data",
    "lint --output-format=json user-data",
    "lint --output-format=coreos-cloudinit user-data",
    "lint --diff --unsafe-fixes user-data",
    "lint --explain user-data",
    "lint --show-config user-data",
    "schema",
    "schema dryboot-toml",
    "man",
    "man --output-format=markdown",
    "completions bash",
    "preview user-data",
    "preview --output-format=json user-data",
    "preview --target=flatcar --output-format=dot user-data",
    "preview --platform=ec2 user-data",
    "platforms",
    "platforms ec2",
    "platforms --output-format=json",
    "netconf --from=debian interfaces",
    "netconf --from=debian --output-format=json interfaces",
    "explain unknown-key",
    "rules",
    "rules --output-format=json",
    "rules --output-format=markdown",
    #[cfg(feature = "openpgp")]
    "image urls --channel=stable --file=a",
];

fn folder() -> TempDir {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("user-data"), "#cloud-config\nhostnme: a\n").expect("a file");
    fs::write(folder.path().join("interfaces"), "auto eth0\niface eth0 inet dhcp\n").expect("a file");
    folder
}

fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command.current_dir(folder).args(arguments.split(' ')).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &str) -> Output {
    command(folder, arguments).output().expect("the command runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let folder = folder();
    for arguments in COMMANDS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = command(folder.path(), arguments).stdout(writer).spawn().expect("the command runs");
        let output = output.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{arguments}");
    }
}

#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    let folder = folder();
    for arguments in COMMANDS {
        let full = File::create("/dev/full").expect("the device");
        let output = command(folder.path(), arguments).stdout(full).spawn().expect("the command runs");
        let output = output.wait_with_output().expect("it ends");
        let words = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {words}");
        assert!(words.contains("dryboot: cannot write the output: No space left"), "{arguments}: {words}");
    }
    let full = File::create("/dev/full").expect("the device");
    let mut fix = command(folder.path(), "lint --fix -");
    let output = fix.stdin(File::open(folder.path().join("user-data")).expect("the file")).stdout(full);
    let output = output.spawn().expect("the command runs").wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write the fixed file: No space left"), "{}", stderr(&output));
}

#[test]
fn an_input_that_never_ends_is_read_to_the_limit() {
    let folder = folder();
    let big = File::create(folder.path().join("big")).expect("a file");
    big.set_len(3 << 30).expect("a sparse file");
    for (arguments, code, words) in [
        ("lint --output-format=concise /dev/zero", 1, "larger than 32 MiB"),
        ("lint --output-format=concise big", 1, "larger than 32 MiB"),
        ("lint --output-format=concise -", 1, "larger than 32 MiB"),
        ("preview /dev/zero", 2, "/dev/zero is too large: it has more than 32 MiB"),
        ("preview --machine=big user-data", 2, "big is too large"),
        ("preview --platform=ec2 --metadata=big user-data", 2, "big is too large"),
        ("preview --target=flatcar --platform=ec2 --oem=/dev/zero user-data", 2, "/dev/zero is too large"),
        ("netconf --from=debian -", 2, "standard input is too large"),
    ] {
        let start = Instant::now();
        let mut command = command(folder.path(), arguments);
        let output = command.stdin(File::open("/dev/zero").expect("the device")).output().expect("it runs");
        let all = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
        assert!(all.contains(words), "{arguments}: {all}");
        assert_eq!(output.status.code(), Some(code), "{arguments}");
        assert!(start.elapsed() < Duration::from_secs(20), "{arguments}: {:?}", start.elapsed());
    }
}

#[test]
fn a_directory_is_not_a_file() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    for (arguments, code, words) in [
        ("lint empty", 3, "found no cloud-config"),
        ("preview empty", 2, "empty is a directory"),
        ("netconf --from=debian empty", 2, "cannot read empty: Is a directory"),
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments}");
        assert!(stderr(&output).contains(words), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn a_fixed_text_cannot_go_back_into_a_pipe() {
    let folder = folder();
    let script = "cat user-data | \"$0\" lint --fix --unsafe-fixes --output-format=concise /dev/stdin";
    let mut shell = Command::new("sh");
    shell.current_dir(folder.path()).args(["-c", script, env!("CARGO_BIN_EXE_dryboot")]);
    let output = shell.output().expect("a shell");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot write /dev/stdin: it is not a regular file"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn one_file_is_checked_once_whatever_it_is_called() {
    let folder = folder();
    std::os::unix::fs::symlink("user-data", folder.path().join("link")).expect("a link");
    let absolute = folder.path().join("user-data");
    let arguments =
        format!("lint --output-format=concise user-data ./user-data link . {}", absolute.display());
    let output = run(folder.path(), &arguments);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(lines.starts_with("user-data:2:1: "), "{lines}");
}

#[test]
fn rules_are_explained_once_after_the_findings() {
    let folder = folder();
    fs::write(folder.path().join("user-data"), "#cloud-config\nhostnme: a\npackges: []\n").expect("a file");
    let output = run(folder.path(), "lint --explain user-data");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let (findings, explained) = stdout.split_once("2 errors in user-data").expect("the findings come first");
    assert_eq!(findings.matches("error[unknown-key]").count(), 2);
    assert_eq!(
        explained.matches("What it does").count(),
        explained.matches("What to do").count(),
        "{explained}"
    );
    assert!(explained.contains("What to do"), "{explained}");
    let refused = run(folder.path(), "lint --explain --output-format=json user-data");
    assert!(refused.status.code() == Some(2) && stderr(&refused).contains("--explain is for people"));
}

#[test]
fn how_long_it_took_is_said_beside_the_findings() {
    let folder = folder();
    let (asked, unasked) = (run(folder.path(), "lint -v user-data"), run(folder.path(), "lint user-data"));
    assert_eq!(asked.stdout, unasked.stdout);
    assert_eq!(stderr(&unasked), "");
    let said = stderr(&asked);
    assert!(
        said.starts_with("dryboot: 1 file: found and read the files in ")
            && said.contains(" ms, checked them in "),
        "{said}"
    );
}
