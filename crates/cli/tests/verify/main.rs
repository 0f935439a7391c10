//! `dryboot verify` on files that are right, wrong, swapped or not there.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

#[path = "../schema_check/mod.rs"]
mod schema_check;
#[cfg(unix)]
mod tee;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use dryboot_openpgp_cases::{Gpg, MISSING, is_installed};
use dryboot_testing::skip;
use serde_json::Value;
use tempfile::TempDir;

/// What is said instead of "good" when nobody has checked whose key it is.
pub(crate) const SUPPLIED: &str = "signed by a key that you supplied";

pub(crate) struct Made {
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
    fingerprints: [String; 2],
}

/// The same for all tests; without gpg, the calling test is skipped.
#[track_caller]
pub(crate) fn made() -> Option<&'static Made> {
    static MADE: OnceLock<Option<Made>> = OnceLock::new();
    let made = MADE.get_or_init(|| is_installed().then(make));
    if made.is_none() {
        skip(MISSING);
    }
    made.as_ref()
}

fn make() -> Made {
    let gpg = Gpg::new().expect("gpg");
    let key = |name: &str| {
        let user_id = format!("{name} <{name}@example.org>");
        gpg.key(&user_id, "ed25519", "cert,sign", "20180226T100000", "never", &[]).expect("a key")
    };
    let fingerprints = [key("alice"), key("bob")];
    let image: Vec<u8> =
        (0_u32..200_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    let sign = |key: &str, data: &[u8]| gpg.sign(key, data, "20190401T100000", &[]).expect("a signature");
    let [alice, bob] = &fingerprints;
    let signature = sign(alice, &image);
    let mut changed = image.clone();
    changed[100_000] ^= 1;
    let secret = gpg.must(None, &["--armor", "--export-secret-keys", alice], &[]).expect("a key");
    let files = vec![
        ("image", image.clone()),
        ("image.sig", signature.clone()),
        ("two.sig", [signature, sign(bob, &image)].concat()),
        ("changed", changed),
        ("changed.asc", gpg.sign(alice, &image, "20190401T100000", &["--armor"]).expect("a signature")),
        ("alone", image),
        ("empty", Vec::new()),
        ("empty.sig", sign(alice, &[])),
        ("nothing", b"x".to_vec()),
        ("nothing.sig", Vec::new()),
        ("page.html", b"<!DOCTYPE html>".to_vec()),
        ("alice.gpg", gpg.export(alice, &[]).expect("a key")),
        ("bob.asc", gpg.export(bob, &["--armor"]).expect("a key")),
        ("secret.asc", secret),
    ];
    Made { files, fingerprints }
}

pub(crate) fn folder(made: &Made) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in &made.files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    fs::create_dir(folder.path().join("directory")).expect("a folder");
    folder
}

pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn assert(&self, code: i32, words: &str) {
        let all = format!("{}{}", self.stdout, self.stderr);
        assert!(
            self.code == Some(code) && all.contains(words),
            "{:?}, not {code} with `{words}`: {all}",
            self.code
        );
    }
}

pub(crate) fn verify(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .arg("verify")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // It may end before it has read all.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the command ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn good_and_bad_images_are_told_apart() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| verify(folder.path(), arguments, &[]);
    let [alice, bob] = &made.fingerprints;
    run(&["image", "--keyring", "alice.gpg"])
        .assert(0, "signed by a key that you supplied: image (200000 bytes)");
    run(&["changed", "--keyring", "alice.gpg"]).assert(1, "download it and its signature again");
    run(&["alone", "image.sig", "--keyring", "alice.gpg"]).assert(0, "alice <alice@example.org>");
    run(&["image", "--keyring", "bob.asc"]).assert(1, "which is not in the keyring");
    run(&["image", "--keyring", "alice.gpg", "--keyring", "bob.asc", "--fingerprint", alice])
        .assert(0, "good");
    run(&["image", "--keyring", "alice.gpg", "--keyring", "bob.asc", "--fingerprint", bob])
        .assert(1, "does not name");
    run(&["image", "--keyring", "alice.gpg", "--fingerprint", bob]).assert(1, "is not in a keyring");
    run(&["image", "two.sig", "--keyring", "alice.gpg", "--keyring", "bob.asc", "-n", "2"])
        .assert(0, "signed by 2 of 2 keys");
    run(&["image", "two.sig", "--keyring", "alice.gpg", "-n", "2"]).assert(1, "signed by 1 of 2 keys");
    run(&["image", "--keyring", "alice.gpg", "--at-time", "2019-03-31"]).assert(1, "in the future");
    run(&["image", "--keyring", "alice.gpg", "--policy-as-of", "2019-03-31"]).assert(0, SUPPLIED);
    run(&["empty", "--keyring", "alice.gpg"]).assert(0, "an empty file");
}

#[test]
fn only_a_key_asked_for_by_its_fingerprint_is_called_good() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let [alice, _] = &made.fingerprints;
    let run = |arguments: &[&str]| {
        verify(folder.path(), &[&["image", "--keyring", "alice.gpg"], arguments].concat(), &[])
    };
    let supplied = run(&[]);
    supplied.assert(0, SUPPLIED);
    supplied.assert(0, &format!("--fingerprint {alice}"));
    assert!(!supplied.stdout.contains("good"), "{}", supplied.stdout);
    let asked = run(&["--fingerprint", alice]);
    assert!(
        asked.stdout.starts_with("good: image") && asked.stdout.contains("\ngood: the signature matches"),
        "{}",
        asked.stdout
    );
    let json = |run: Run| serde_json::from_str::<Value>(&run.stdout).expect("JSON");
    let report = json(run(&["--output-format", "json"]));
    assert_eq!(
        (&report["good"], &report["trust"], &report["signatures"][0]["trust"]),
        (&Value::from(true), &Value::from("supplied"), &Value::from("supplied"))
    );
    assert_eq!(report["signatures"][0]["state"], "good");
    let report = json(run(&["--output-format", "json", "--fingerprint", alice]));
    assert_eq!((&report["trust"], &report["headline"]), (&Value::from("known"), &Value::from("good")));
}

#[test]
fn an_image_comes_through_a_pipe() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let image = &made.files[0].1;
    let run = |arguments: &[&str], input: &[u8]| verify(folder.path(), arguments, input);
    run(&["-", "image.sig", "--keyring", "alice.gpg"], image).assert(0, "supplied: <stdin>");
    run(&["-", "image.sig", "--keyring", "alice.gpg"], &image[1..]).assert(1, "bad");
    run(&["-", "--keyring", "alice.gpg"], image).assert(2, "needs a signature file");
    run(&["-", "-", "--keyring", "alice.gpg"], image).assert(2, "cannot both");
    run(&["image", "-", "--keyring", "alice.gpg"], &made.files[1].1).assert(0, "supplied: image");
}

#[test]
fn wrong_files_are_told_as_what_they_are() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| verify(folder.path(), arguments, &[]);
    run(&["image.sig", "image", "--keyring", "alice.gpg"])
        .assert(2, "the image and the signature are swapped");
    run(&["image.sig", "--keyring", "alice.gpg"]).assert(2, "is a signature: name the image first");
    run(&["alone", "--keyring", "alice.gpg"]).assert(2, "neither alone.sig nor alone.asc");
    run(&["alone", "alice.gpg", "--keyring", "alice.gpg"]).assert(2, "this is a key, not a signature");
    run(&["alone", "page.html", "--keyring", "alice.gpg"]).assert(2, "it is a web page");
    run(&["nothing", "--keyring", "alice.gpg"]).assert(2, "the signature is empty");
    run(&["image", "--keyring", "empty"]).assert(2, "the file is empty");
    run(&["image", "--keyring", "image.sig"]).assert(2, "this is a signature, not a key");
    run(&["image", "--keyring", "page.html"]).assert(2, "it is a web page");
    let private = run(&["image", "--keyring", "secret.asc"]);
    private.assert(2, "this is a private key, and was not read any further");
    assert!(private.stdout.is_empty());
    run(&["directory", "--keyring", "alice.gpg"]).assert(2, "directory is a directory");
    run(&["image", "directory", "--keyring", "alice.gpg"]).assert(2, "directory is a directory");
    run(&["image", "--keyring", "directory"]).assert(2, "directory is a directory");
    run(&["absent", "--keyring", "alice.gpg"]).assert(2, "cannot read absent");
    run(&["image", "absent.sig", "--keyring", "alice.gpg"]).assert(2, "cannot read absent.sig");
    run(&["image"]).assert(2, "--keyring");
    run(&["image", "--keyring", "alice.gpg", "--fingerprint", "12345678"]).assert(2, "key ID");
    run(&["image", "--keyring", "alice.gpg", "bob.asc", "x"]).assert(2, "unexpected argument 'x'");
    run(&["image", "--keyring", "alice.gpg", "--at-time", "yesterday"]).assert(2, "not a valid time");
    run(&["image", "--keyring", "alice.gpg", "-n", "0"]).assert(2, "0");
}

#[test]
fn the_keyring_takes_one_file_each_time() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| verify(folder.path(), arguments, &[]);
    run(&["--keyring", "alice.gpg", "image"]).assert(0, "supplied: image");
    run(&["--keyring", "alice.gpg", "alone", "image.sig"]).assert(0, "supplied: alone");
    run(&["--keyring", "alice.gpg", "--keyring", "bob.asc", "image", "two.sig", "-n", "2"])
        .assert(0, "signed by keys that you supplied: image");
}

#[test]
#[cfg(unix)]
fn inputs_without_end_meet_a_limit() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let run = |arguments: &[&str]| verify(folder.path(), arguments, &[]);
    run(&["image", "--keyring", "/dev/zero"]).assert(2, "/dev/zero: the file has more than 64 MiB");
    run(&["image", "/dev/zero", "--keyring", "alice.gpg"])
        .assert(2, "/dev/zero: the file has more than 1 MiB");
    // Every two bytes are a packet, and each would take a hundred times as much memory.
    fs::write(folder.path().join("packets.gpg"), [0x98, 0].repeat(1 << 20)).expect("a file");
    run(&["image", "--keyring", "packets.gpg"]).assert(2, "more than 262144 packets");
    fs::write(folder.path().join("noise.gpg"), [0x98, 0].repeat(1000)).expect("a file");
    fs::write(folder.path().join("many.sig"), [0x88, 0].repeat(1 << 18)).expect("a file");
    let many = run(&["image", "many.sig", "--keyring", "alice.gpg"]);
    many.assert(1, "only the first 100 signatures");
    assert!(many.stdout.lines().count() < 1000, "{} lines", many.stdout.lines().count());
    let noise = [&made.files[11].1[..], &[0x98, 0].repeat(1000)].concat();
    fs::write(folder.path().join("noise.gpg"), noise).expect("a file");
    let noisy = run(&["image", "--keyring", "noise.gpg"]);
    noisy.assert(0, "990 more parts were skipped");
    assert!(noisy.stdout.lines().count() < 100, "{}", noisy.stdout);
}

#[test]
fn a_verdict_stands_though_nobody_reads_it() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    for (image, code) in [("image", 0), ("changed", 1)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dryboot"))
            .current_dir(folder.path())
            .args(["verify", "-", "image.sig", "--keyring", "alice.gpg"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let data = fs::read(folder.path().join(image)).expect("the image");
        child.stdin.take().expect("a pipe").write_all(&data).expect("read");
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn reports_fit_the_schema() {
    let Some(made) = made() else { return };
    let folder = folder(made);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let schema = fs::read(root.join("docs/verify-report.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    for arguments in [
        &["image", "--keyring", "alice.gpg"][..],
        &["image", "two.sig", "--keyring", "bob.asc"],
        &["changed", "--keyring", "alice.gpg", "--keyring", "bob.asc"],
    ] {
        let run = verify(folder.path(), &[arguments, &["--output-format", "json"]].concat(), &[]);
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let faults = schema_check::check(&report, &schema, &schema, "$");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert_eq!(report["good"].as_bool(), Some(run.code == Some(0)));
        let mut damaged = report;
        damaged["signatures"][0]["state"] = Value::from("fine");
        assert!(!schema_check::check(&damaged, &schema, &schema, "$").is_empty(), "the check can fail");
    }
}
