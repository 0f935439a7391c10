//! What is kept, and what is not.

use std::fs;

use serde_json::Value;

use crate::server::{Reply, Server};
use crate::{COMPRESSED, IMAGE, SUPPLIED, VERSION, command, fetch, folder, release};

const NAME: &str = "flatcar_production_iso_image-2023.4.0.iso";

#[test]
fn a_good_image_is_kept_under_its_version() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let run = fetch(folder.path(), &server.address, &["iso"]);
    run.assert(0, "as version 2023.4.0, the current one according to a signed version.txt", &[NAME]);
    assert_eq!(fs::read(folder.path().join("out").join(NAME)).expect("the image"), release.image);
    // `current` is asked for its version alone.
    let paths: Vec<String> = server.requests("").into_iter().map(|request| request.path).collect();
    assert_eq!(paths, [VERSION, &format!("{VERSION}.sig"), &format!("{IMAGE}.sig"), IMAGE]);
    fetch(folder.path(), &server.address, &["iso"]).assert(2, "already exists", &[NAME]);
}

#[test]
fn a_version_is_taken_as_it_is() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let run = fetch(
        folder.path(),
        &server.address,
        &["--file", "flatcar_production_iso_image.iso", "--release", "2023.4.0", "--output-format", "json"],
    );
    run.assert(0, "", &[NAME]);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((&report["good"], &report["bytes"]), (&Value::Bool(true), &Value::from(300_000)));
    assert!(server.requests("version.txt").is_empty());
}

#[test]
fn a_compressed_image_is_decompressed_on_request() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["qemu"]).assert(
        0,
        SUPPLIED,
        &["flatcar_production_qemu_image-2023.4.0.img.bz2"],
    );
    let name = "flatcar_production_qemu_image-2023.4.0.img";
    let packed = format!("{name}.bz2");
    fetch(folder.path(), &server.address, &["qemu", "--decompress"]).assert(0, SUPPLIED, &[name, &packed]);
    assert_eq!(fs::read(folder.path().join("out").join(name)).expect("the image"), release.image);
    assert_eq!(fs::read(folder.path().join("out").join(packed)).expect("the file"), release.compressed);
    assert_eq!(server.requests(COMPRESSED).len(), 2);
    // It is signed, and not what its name says.
    let broken = crate::folder(release);
    let run = fetch(broken.path(), &server.address, &["openstack", "--decompress"]);
    assert_eq!((run.code, run.stderr.contains("cannot decompress")), (Some(2), true), "{}", run.stderr);
    assert!(run.files.iter().all(|name| name.starts_with('.')), "{:?}", run.files);
}

#[test]
fn what_decompresses_to_too_much_is_not_kept() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let run = fetch(folder.path(), &server.address, &["azure", "--decompress", "--max-size", "1"]);
    assert_eq!(
        (run.code, run.stderr.contains("more than 1 MiB; `--max-size`")),
        (Some(2), true),
        "{}",
        run.stderr
    );
    assert!(run.files.iter().all(|name| name.contains(".part")), "{:?}", run.files);
    let name = "flatcar_production_azure_image-2023.4.0.bin";
    fetch(folder.path(), &server.address, &["azure", "--decompress", "--max-size", "2"]).assert(
        0,
        SUPPLIED,
        &[name],
    );
}

#[test]
fn a_changed_image_is_not_kept() {
    let Some(release) = release() else { return };
    let other = release.other.clone();
    let server = Server::start(release.files.clone(), move |request| {
        (request.path == IMAGE).then(|| Reply { status: 200, body: other.clone(), ..Reply::default() })
    });
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["iso"]).assert(1, "not good", &[]);
}

#[test]
fn an_image_by_another_key_is_not_kept() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let run =
        fetch(folder.path(), &server.address, &["iso", "--release", "2023.4.0", "--keyring", "other.asc"]);
    run.assert(1, "which is not in the keyring", &[]);
    // The version is refused before anything else is fetched.
    fetch(folder.path(), &server.address, &["iso", "--keyring", "other.asc"]).assert(1, "version.txt", &[]);
    assert_eq!(server.requests(".iso").len(), 1);
}

#[test]
fn a_changed_version_is_refused() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |request| {
        let body = b"FLATCAR_VERSION=1999.1.0\n".to_vec();
        (request.path == VERSION).then(|| Reply { status: 200, body, ..Reply::default() })
    });
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["iso"]).assert(1, "not good: version.txt", &[]);
    let page = Server::start(release.files.clone(), |request| {
        let body = b"<!DOCTYPE html>".to_vec();
        (request.path == VERSION).then(|| Reply { status: 200, body, ..Reply::default() })
    });
    fetch(folder.path(), &page.address, &["iso"]).assert(2, "not a version.txt", &[]);
}

#[test]
fn a_version_without_signature_is_told() {
    let Some(release) = release() else { return };
    let mut files = release.files.clone();
    files.remove(&format!("{VERSION}.sig"));
    let server = Server::start(files, |_| None);
    let run = fetch(folder(release).path(), &server.address, &["iso"]);
    run.assert(0, "is not signed", &[NAME]);
    run.assert(0, "as version 2023.4.0, according to an unsigned version.txt", &[NAME]);
    // It has no place in the verdict.
    assert!(!run.stdout.contains("2023.4.0"), "{}", run.stdout);
    assert!(
        run.stdout.starts_with(&format!("{SUPPLIED}: flatcar_production_iso_image.iso ")),
        "{}",
        run.stdout
    );
}

#[test]
fn a_page_in_the_place_of_the_signature_is_told() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |request| {
        let body = b"<!DOCTYPE html>".to_vec();
        request.path.ends_with(".iso.sig").then(|| Reply { status: 200, body, ..Reply::default() })
    });
    fetch(folder(release).path(), &server.address, &["iso"]).assert(2, "it is a web page", &[]);
}

#[test]
fn a_part_that_was_left_by_another_is_not_trusted() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    let out = folder.path().join("out");
    fs::write(out.join(format!(".{NAME}.part")), &release.other[..250_000]).expect("a file");
    let note = format!("{{\"url\":\"{}{IMAGE}\",\"validator\":\"\\\"one\\\"\"}}", server.address);
    fs::write(out.join(format!(".{NAME}.part.json")), note).expect("a file");
    fetch(folder.path(), &server.address, &["iso"]).assert(1, "not good", &[]);
    fetch(folder.path(), &server.address, &["iso"]).assert(0, SUPPLIED, &[NAME]);
}

#[test]
fn nothing_is_fetched_with_wrong_arguments() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    for (arguments, words) in [
        (&["iso", "--channel", "nightly"][..], "not have the channel `nightly`"),
        (&["iso", "--distribution", "coreos", "--channel", "lts"], "not have the channel `lts`"),
        (&["iso", "--board", "riscv"], "invalid value"),
        (&["iso", "--release", "../../etc"], "not a valid version"),
        (&["--file", "../x"], "is not a valid name for a file"),
        (&["floppy"], "invalid value"),
        (&["iso", "--keyring", "absent.asc"], "cannot read absent.asc"),
        (&["iso", "--fingerprint", "93D2DCB4"], "key ID"),
    ] {
        fetch(folder.path(), &server.address, arguments).assert(2, words, &[]);
    }
    let output = command(folder.path(), "ftp://x")
        .args(["iso", "--keyring", "key.asc"])
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(server.requests("").is_empty());
}
