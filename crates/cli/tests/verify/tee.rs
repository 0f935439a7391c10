//! `--tee`: where the copy may go, and what is left when it may not.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Made, SUPPLIED, folder, made, verify};

fn image(made: &Made) -> &[u8] {
    &made.files[0].1
}

#[test]
fn a_copy_is_there_only_if_it_is_good() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| verify(folder.path(), arguments, &[]);
    let entries = || fs::read_dir(folder.path()).expect("a folder").count();
    let before = entries();
    run(&["changed", "--keyring", "alice.gpg", "--tee", "copy"]).assert(1, "bad");
    assert_eq!(entries(), before);
    run(&["image", "--keyring", "alice.gpg", "--tee", "copy"]).assert(0, SUPPLIED);
    assert_eq!(fs::read(folder.path().join("copy")).expect("the copy"), made.files[0].1);
    run(&["changed", "--keyring", "alice.gpg", "--tee", "copy"]).assert(1, "bad");
    assert_eq!(fs::read(folder.path().join("copy")).expect("the copy"), made.files[0].1);
    assert_eq!(entries(), before + 1);
    run(&["image", "--keyring", "alice.gpg", "--tee", "directory"]).assert(2, "it is a directory");
    run(&["image", "--keyring", "alice.gpg", "--tee", "absent/copy"]).assert(2, "cannot write absent/copy");
}

/// What a directory holds, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn only_a_regular_file_is_replaced() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let path = |name: &str| folder.path().join(name);
    let made_by = |command: &str, arguments: &[&str]| {
        let mut command = Command::new(command);
        command.current_dir(folder.path()).args(arguments).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    assert!(made_by("mkfifo", &["pipe"]));
    let _socket = UnixListener::bind(path("socket")).expect("a socket");
    fs::write(path("victim"), "precious").expect("a file");
    symlink("victim", path("link")).expect("a link");
    symlink("absent", path("dangling")).expect("a link");
    // Not the real one, which a fault would replace for the whole machine.
    symlink("/dev/stdout", path("stdout")).expect("a link");
    let mut targets = vec![
        ("pipe", "it is not a regular file"),
        ("socket", "it is not a regular file"),
        ("directory", "it is a directory"),
        ("link", "it is a symbolic link"),
        ("dangling", "it is a symbolic link"),
        ("stdout", "`--tee -` is standard output"),
    ];
    // A device of our own, so that no real one is at stake. Only the administrator can make it.
    if made_by("mknod", &["device", "c", "1", "3"]) {
        targets.push(("device", "it is not a regular file"));
    }
    let before = names(folder.path());
    let kind =
        |name: &str| fs::symlink_metadata(path(name)).map(|it| (it.file_type(), it.ino())).expect("an entry");
    for (name, words) in targets {
        let was = kind(name);
        verify(folder.path(), &["image", "--keyring", "alice.gpg", "--tee", name], &[]).assert(2, words);
        assert_eq!(kind(name), was, "{name}");
    }
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read(path("victim")).expect("the file"), b"precious");
}

#[test]
fn no_input_is_replaced() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    fs::hard_link(folder.path().join("image"), folder.path().join("same")).expect("a link");
    for name in ["image", "./image", "directory/../image", "same", "image.sig", "alice.gpg"] {
        let run = verify(folder.path(), &["image", "--keyring", "alice.gpg", "--tee", name], &[]);
        run.assert(2, "it is an input");
    }
    let input = fs::File::open(folder.path().join("image")).expect("the image");
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder.path())
        .args(["verify", "-", "image.sig", "--keyring", "alice.gpg", "--tee", "image"])
        .stdin(input)
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is an input"));
    for (name, bytes) in &made.files {
        assert_eq!(&fs::read(folder.path().join(name)).expect("the file"), bytes, "{name}");
    }
}

#[test]
fn standard_output_has_the_data_and_nothing_else() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
        command.current_dir(folder.path()).arg("verify").args(arguments).args([
            "--keyring",
            "alice.gpg",
            "--tee",
            "-",
        ]);
        let output = command.output().expect("the command runs");
        (output.status.code(), output.stdout, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (code, data, words) = run(&["image"]);
    assert_eq!((code, data == image(made), words.contains(SUPPLIED)), (Some(0), true, true), "{words}");
    let (code, data, words) = run(&["image", "--output-format", "json"]);
    assert_eq!((code, data == image(made)), (Some(0), true));
    assert!(serde_json::from_str::<serde_json::Value>(&words).is_ok(), "{words}");
    let (code, data, words) = run(&["changed"]);
    assert_eq!((code, data == image(made), data.len()), (Some(1), false, image(made).len()));
    assert!(words.contains("not good"), "{words}");
}

#[test]
fn a_reader_that_goes_away_does_not_make_it_good() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder.path())
        .args(["verify", "image", "--keyring", "alice.gpg", "--tee", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // The image is larger than what a pipe holds.
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not fully verified"));
}

#[test]
fn modes_are_the_umasks_or_the_old_files() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let tee = |umask: &str, name: &str| {
        let output = Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_dryboot")])
            .args(["verify", "image", "--keyring", "alice.gpg", "--tee", name])
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        fs::metadata(folder.path().join(name)).expect("the copy").permissions().mode() & 0o7777
    };
    assert_eq!(tee("077", "private"), 0o600);
    assert_eq!(tee("022", "usual"), 0o644);
    assert_eq!(tee("002", "shared"), 0o664);
    fs::write(folder.path().join("old"), "old").expect("a file");
    fs::set_permissions(folder.path().join("old"), fs::Permissions::from_mode(0o640)).expect("a mode");
    assert_eq!(tee("077", "old"), 0o640);
    assert_eq!(fs::read(folder.path().join("old")).expect("the copy"), image(made));
}

/// Starts a copy, sends the signal when its hidden file is there, and says by which signal it ended.
fn interrupted(folder: &Path, made: &Made, signal: &str, before: &str) -> Option<i32> {
    let mut child = Command::new("sh")
        .current_dir(folder)
        .args(["-c", &format!("{before} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_dryboot")])
        .args(["verify", "-", "image.sig", "--keyring", "alice.gpg", "--tee", "copy"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(&image(made)[..1000]).expect("some data");
    let started = Instant::now();
    while !names(folder).iter().any(|name| name.starts_with(".dryboot-")) {
        assert!(started.elapsed() < Duration::from_secs(60), "the copy does not begin");
        sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
    // The rest comes only where nothing else ends the process.
    if !before.is_empty() {
        pipe.write_all(&image(made)[1000..]).expect("the rest");
        drop(pipe);
        return child.wait().expect("the child").signal();
    }
    let status = child.wait().expect("the child");
    drop(pipe);
    status.signal()
}

#[test]
fn a_signal_leaves_nothing_behind() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let before = names(folder.path());
    for (signal, number) in [("-HUP", 1), ("-INT", 2), ("-TERM", 15)] {
        assert_eq!(interrupted(folder.path(), made, signal, ""), Some(number));
        assert_eq!(names(folder.path()), before, "{signal}");
    }
    // As under `nohup`, which must go on.
    assert_eq!(interrupted(folder.path(), made, "-HUP", "trap '' HUP;"), None);
    assert_eq!(fs::read(folder.path().join("copy")).expect("the copy"), image(made));
}
