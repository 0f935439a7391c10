//! What others do to the files of a download while it is under way, or have done before.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::server::{Reply, Server, file};
use crate::{IMAGE, Run, SUPPLIED, command, fetch, folder, outcome, release};

const NAME: &str = "flatcar_production_iso_image-2023.4.0.iso";
const PART: &str = ".flatcar_production_iso_image-2023.4.0.iso.part";
const NOTE: &str = ".flatcar_production_iso_image-2023.4.0.iso.part.json";

/// Where the server stops until the attack is over.
const CUT: usize = 100_000;

/// The message of a run that finds a file other than its own.
const CHANGED: &str = "was changed or replaced while it was verified";

/// Runs a fetch; when the first bytes of the image are there, `act` gets the directory and the server's address.
fn while_fetching(more: &[&str], act: impl FnOnce(&Path, &str)) -> Option<(Run, PathBuf, tempfile::TempDir)> {
    let release = release()?;
    let hold = Arc::new(Mutex::new(()));
    let held = hold.lock().expect("the hold");
    let (files, waiting) = (release.files.clone(), Arc::clone(&hold));
    let server = Server::start(release.files.clone(), move |request| {
        let hold = (request.path == IMAGE && request.before == 0).then(|| Arc::clone(&waiting))?;
        Some(Reply { cut: Some(CUT), hold: Some(hold), ..file(request, &files) })
    });
    let folder = folder(release);
    let out = folder.path().join("out");
    let child = command(folder.path(), &server.address)
        .args(["iso", "--keyring", "key.asc"])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let started = Instant::now();
    while fs::metadata(out.join(PART)).map_or(0, |part| part.len()) < CUT as u64 {
        assert!(started.elapsed() < Duration::from_secs(60), "the download does not begin");
        sleep(Duration::from_millis(5));
    }
    act(&out, &server.address);
    drop(held);
    let run = outcome(folder.path(), child.wait_with_output().expect("the command ends"));
    Some((run, out, folder))
}

fn open(path: PathBuf) -> File {
    OpenOptions::new().write(true).open(path).expect("the part")
}

#[test]
fn what_the_file_holds_is_verified_and_not_what_was_sent() {
    let truncate = |out: &Path| open(out.join(PART)).set_len(50_000).expect("shorter");
    let empty = |out: &Path| drop(File::create(out.join(PART)).expect("an empty file"));
    let overwrite = |out: &Path| open(out.join(PART)).write_all(b"something else").expect("written");
    let append = |out: &Path| {
        let mut part = open(out.join(PART));
        part.seek(SeekFrom::Start(300_000)).expect("the end");
        part.write_all(b"more").expect("written");
    };
    for attack in [truncate as fn(&Path), empty, overwrite, append] {
        let Some((run, ..)) = while_fetching(&[], |out, _| attack(out)) else { return };
        run.assert(1, "not good", &[]);
    }
}

#[test]
fn no_other_file_gets_the_name() {
    let Some(release) = release() else { return };
    // A good image in its place is still not the file that was verified.
    let replace = |out: &Path| {
        fs::write(out.join("new"), &release.image).expect("a file");
        fs::rename(out.join("new"), out.join(PART)).expect("in its place");
    };
    let Some((run, ..)) = while_fetching(&[], |out, _| replace(out)) else { return };
    run.assert(2, CHANGED, &[PART]);

    let remove = |out: &Path| fs::remove_file(out.join(PART)).expect("removed");
    let Some((run, ..)) = while_fetching(&[], |out, _| remove(out)) else { return };
    run.assert(2, CHANGED, &[]);

    let link = |out: &Path| {
        fs::rename(out.join(PART), out.join("moved")).expect("moved");
        symlink("moved", out.join(PART)).expect("a link");
    };
    let Some((run, ..)) = while_fetching(&[], |out, _| link(out)) else { return };
    run.assert(2, CHANGED, &[PART, "moved"]);

    // Whoever has a second name for it can write to it later.
    let name = |out: &Path| fs::hard_link(out.join(PART), out.join("second")).expect("a link");
    let Some((run, ..)) = while_fetching(&[], |out, _| name(out)) else { return };
    run.assert(2, CHANGED, &["second"]);
}

#[test]
fn no_other_file_is_replaced() {
    let mine = |out: &Path| fs::write(out.join(NAME), "mine").expect("a file");
    let Some((run, out, _folder)) = while_fetching(&[], |out, _| mine(out)) else { return };
    run.assert(2, "already exists", &[PART, NOTE, NAME]);
    assert_eq!(fs::read(out.join(NAME)).expect("the file"), b"mine");
}

#[test]
fn a_second_fetch_is_refused_and_harms_nothing() {
    let Some(release) = release() else { return };
    let second = |out: &Path, address: &str| {
        let run = fetch(out.parent().expect("a folder"), address, &["iso"]);
        run.assert(2, "another run is downloading the same image", &[PART, NOTE]);
    };
    let Some((run, out, _folder)) = while_fetching(&[], second) else { return };
    run.assert(0, SUPPLIED, &[NAME]);
    assert_eq!(fs::read(out.join(NAME)).expect("the image"), release.image);
}

#[test]
fn of_several_fetches_at_once_one_has_the_image() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let fetch = || {
        let mut command = command(folder.path(), &server.address);
        command.args(["iso", "--keyring", "key.asc"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command runs")
    };
    let children: Vec<_> = (0..6).map(|_| fetch()).collect();
    let mut good = 0;
    for child in children {
        let output = child.wait_with_output().expect("the command ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => good += 1,
            code => assert!(
                code == Some(2) && (stderr.contains("another run") || stderr.contains("already exists")),
                "{code:?}: {stderr}"
            ),
        }
    }
    assert_eq!(good, 1);
    let out = folder.path().join("out");
    assert_eq!(fs::read(out.join(NAME)).expect("the image"), release.image);
    assert_eq!(fs::read_dir(out).expect("a folder").count(), 1);
}

#[test]
fn an_interrupted_fetch_is_resumed() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let out = folder.path().join("out");
    fs::write(out.join(PART), &release.image[..CUT]).expect("a file");
    let note = format!("{{\"url\":\"{}{IMAGE}\",\"validator\":\"\\\"one\\\"\"}}", server.address);
    fs::write(out.join(NOTE), note).expect("a file");
    fetch(folder.path(), &server.address, &["iso"]).assert(
        0,
        "resuming after 100000 bytes from an earlier run",
        &[NAME],
    );
    assert_eq!(fs::read(out.join(NAME)).expect("the image"), release.image);
}

#[test]
fn files_that_are_not_ours_alone_are_refused() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let link = |path: &Path| symlink("victim", path).expect("a link");
    let dangling = |path: &Path| symlink("absent", path).expect("a link");
    let hard_link = |path: &Path| {
        fs::hard_link(path.with_file_name("victim"), path).expect("a link");
    };
    let pipe = |path: &Path| {
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    };
    let directory = |path: &Path| fs::create_dir(path).expect("a directory");
    for (make, words) in [
        (link as fn(&Path), "is a symbolic link"),
        (dangling, "is a symbolic link"),
        (hard_link, "also has another name"),
        (pipe, "is not a regular file"),
        (directory, "is not a regular file"),
    ] {
        for name in [PART, NOTE] {
            let folder = folder(release);
            let out = folder.path().join("out");
            fs::write(out.join("victim"), "precious").expect("a file");
            make(&out.join(name));
            let run = fetch(folder.path(), &server.address, &["iso"]);
            assert_eq!((run.code, run.stderr.contains(words)), (Some(2), true), "{name}: {}", run.stderr);
            assert!(run.stderr.contains(name) && run.stderr.contains("remove it"), "{}", run.stderr);
            assert_eq!(fs::read(out.join("victim")).expect("the file"), b"precious");
            assert!(!run.files.iter().any(|name| name == NAME || name == "absent"), "{:?}", run.files);
        }
    }
}

#[test]
fn files_of_another_user_are_refused() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    for name in [PART, NOTE] {
        let folder = folder(release);
        let path = folder.path().join("out").join(name);
        fs::write(&path, "theirs").expect("a file");
        if chown(&path, Some(65_534), None).is_err() {
            eprintln!("skipped: only the administrator can give files away");
            return;
        }
        let run = fetch(folder.path(), &server.address, &["iso"]);
        assert_eq!(
            (run.code, run.stderr.contains("belongs to another user")),
            (Some(2), true),
            "{}",
            run.stderr
        );
        assert_eq!(fs::read(&path).expect("the file"), b"theirs");
    }
}

#[test]
fn the_mode_is_what_the_umask_leaves() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    for (umask, mode) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        for (image, name) in [("iso", NAME), ("qemu", "flatcar_production_qemu_image-2023.4.0.img")] {
            let folder = folder(release);
            let dryboot = command(folder.path(), &server.address);
            let mut shell = Command::new("sh");
            shell.current_dir(folder.path()).args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]);
            shell.arg(dryboot.get_program()).args(dryboot.get_args());
            shell.args([image, "--keyring", "key.asc", "--decompress"]);
            let run = outcome(folder.path(), shell.output().expect("a shell"));
            run.assert(0, SUPPLIED, &[name]);
            let metadata = fs::metadata(folder.path().join("out").join(name)).expect("the image");
            assert_eq!(
                (metadata.permissions().mode() & 0o777, metadata.nlink()),
                (mode, 1),
                "{umask} {name}"
            );
        }
    }
}
