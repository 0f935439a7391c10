//! `lint --fix` replaces a file as a whole or not at all, and takes nothing else away from it.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};

const BEFORE: &str = "#cloud-config\nwrite-files: []\n";
const AFTER: &str = "#cloud-config\nwrite_files: []\n";

const LINT: [&str; 5] =
    ["lint", "--fix", "--target=flatcar", "--select=hyphenated-key", "--output-format=concise"];

fn folder() -> TempDir {
    tempdir().expect("a folder")
}

fn fix(folder: &Path, files: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command.current_dir(folder).args(LINT).args(files).output().expect("the command runs")
}

fn assert_fixed(output: &Output) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*stderr), (Some(0), ""));
    // A byte order mark hides the header, so such a text is not checked, and nothing else is said.
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.lines().all(|line| line.contains("not checked")), "{stdout}");
}

fn assert_refused(output: &Output, words: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains(words), "{stderr}");
    assert_eq!(output.status.code(), Some(2));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_byte_that_no_fix_is_about_stays() {
    let folder = folder();
    let file = folder.path().join("user-data");
    for (before, after) in [
        (BEFORE.to_owned(), AFTER.to_owned()),
        (BEFORE.replace('\n', "\r\n"), AFTER.replace('\n', "\r\n")),
        (BEFORE.trim_end().to_owned(), AFTER.trim_end().to_owned()),
        (format!("\u{feff}{BEFORE}"), format!("\u{feff}{AFTER}")),
        (format!("{BEFORE}# \u{feff}e\u{301}\r\n\n\n"), format!("{AFTER}# \u{feff}e\u{301}\r\n\n\n")),
    ] {
        fs::write(&file, before).expect("a file");
        assert_fixed(&fix(folder.path(), &["user-data"]));
        assert_eq!(fs::read_to_string(&file).expect("the file"), after);
    }
    assert_eq!(names(folder.path()), ["user-data"]);
}

#[test]
fn a_file_without_a_fix_is_not_touched() {
    let folder = folder();
    let file = folder.path().join("user-data");
    fs::write(&file, AFTER).expect("a file");
    let modified = || fs::metadata(&file).expect("the file").modified().expect("a time");
    let before = modified();
    assert_fixed(&fix(folder.path(), &["user-data"]));
    assert_eq!(modified(), before);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

    use super::*;

    fn permissions(mode: u32) -> fs::Permissions {
        fs::Permissions::from_mode(mode)
    }

    #[test]
    fn the_mode_stays() {
        let folder = folder();
        let file = folder.path().join("user-data");
        for mode in [0o600, 0o640, 0o666, 0o755] {
            fs::write(&file, BEFORE).expect("a file");
            fs::set_permissions(&file, permissions(mode)).expect("a mode");
            assert_fixed(&fix(folder.path(), &["user-data"]));
            assert_eq!(fs::metadata(&file).expect("the file").mode() & 0o7777, mode);
        }
    }

    #[test]
    fn the_owner_stays_where_the_user_may_set_it() {
        let folder = folder();
        let file = folder.path().join("user-data");
        fs::write(&file, BEFORE).expect("a file");
        // Everybody else finds the owner that the file had anyway.
        let _ = chown(&file, Some(4321), Some(4321));
        let owner = |file: &Path| fs::metadata(file).map(|file| (file.uid(), file.gid())).expect("the file");
        let before = owner(&file);
        assert_fixed(&fix(folder.path(), &["user-data"]));
        assert_eq!(owner(&file), before);
        assert_eq!(fs::read_to_string(&file).expect("the file"), AFTER);
    }

    #[test]
    fn a_link_stays_and_its_target_is_replaced() {
        let folder = folder();
        let below = folder.path().join("below");
        fs::create_dir(&below).expect("a folder");
        fs::write(below.join("real"), BEFORE).expect("a file");
        symlink("below/real", folder.path().join("second")).expect("a link");
        symlink("second", folder.path().join("first")).expect("a link");
        assert_fixed(&fix(folder.path(), &["first"]));
        assert_eq!(fs::read_link(folder.path().join("first")).expect("a link"), Path::new("second"));
        assert!(!below.join("real").is_symlink());
        assert_eq!(fs::read_to_string(below.join("real")).expect("the file"), AFTER);
        assert_eq!(names(&below), ["real"]);
    }

    #[test]
    fn another_hard_link_keeps_the_old_content_and_that_is_reported() {
        let folder = folder();
        fs::write(folder.path().join("user-data"), BEFORE).expect("a file");
        fs::hard_link(folder.path().join("user-data"), folder.path().join("backup")).expect("a link");
        let output = fix(folder.path(), &["user-data"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("user-data had another hard link, which keeps the old content"), "{stderr}");
        assert_eq!(output.status.code(), Some(0));
        let read = |name| fs::read_to_string(folder.path().join(name)).expect("the file");
        assert_eq!((read("user-data").as_str(), read("backup").as_str()), (AFTER, BEFORE));
    }

    #[test]
    fn a_read_only_file_is_left_alone_even_by_the_administrator() {
        let folder = folder();
        let file = folder.path().join("user-data");
        fs::write(&file, BEFORE).expect("a file");
        fs::set_permissions(&file, permissions(0o444)).expect("a mode");
        assert_refused(&fix(folder.path(), &["user-data"]), "cannot write user-data: it is read-only");
        assert_eq!(fs::read_to_string(&file).expect("the file"), BEFORE);
        assert_eq!(names(folder.path()), ["user-data"]);
    }

    /// Runs the command under a limit of the size of files, as a full disk would be. `trap` says what the signal does.
    fn limited(folder: &Path, trap: &str) -> Output {
        let script = format!("{trap} ulimit -f 8 && exec \"$@\"");
        let mut shell = Command::new("sh");
        shell.current_dir(folder).args(["-c", &script, "sh", env!("CARGO_BIN_EXE_dryboot")]);
        shell.args(LINT).arg("user-data").output().expect("a shell")
    }

    fn long() -> String {
        format!("{BEFORE}{}", "# a comment that makes the file long\n".repeat(1000))
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_nothing_else() {
        let folder = folder();
        let file = folder.path().join("user-data");
        fs::write(&file, long()).expect("a file");
        assert_refused(&limited(folder.path(), "trap '' XFSZ;"), "cannot write user-data: File too large");
        assert!(fs::read_to_string(&file).expect("the file") == long());
        assert_eq!(names(folder.path()), ["user-data"]);
    }

    #[test]
    fn whoever_is_killed_while_writing_leaves_the_old_file() {
        use std::os::unix::process::ExitStatusExt;
        let folder = folder();
        let file = folder.path().join("user-data");
        fs::write(&file, long()).expect("a file");
        // The kernel kills in the middle of the new content.
        assert!(limited(folder.path(), "").status.signal().is_some(), "it was killed");
        assert!(fs::read_to_string(&file).expect("the file") == long());
        // What is left is hidden from the next run.
        let output = fix(folder.path(), &["."]);
        assert_fixed(&output);
        assert_eq!(fs::read_to_string(&file).expect("the file"), long().replacen(BEFORE, AFTER, 1));
    }
}
