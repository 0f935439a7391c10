//! What the network does, and what becomes of the download.

use std::fs;
use std::time::Duration;

use crate::server::{Reply, Server, file, with_parts};
use crate::{IMAGE, SUPPLIED, command, fetch, folder, outcome, release};

const NAME: &str = "flatcar_production_iso_image-2023.4.0.iso";
const PART: &str = ".flatcar_production_iso_image-2023.4.0.iso.part";
const NOTE: &str = ".flatcar_production_iso_image-2023.4.0.iso.part.json";

#[test]
fn a_cut_connection_is_resumed() {
    let Some(release) = release() else { return };
    let files = release.files.clone();
    let server = Server::start(release.files.clone(), move |request| {
        let cut = (request.path == IMAGE && request.before < 2).then_some(100_000)?;
        Some(Reply { cut: Some(cut), ..file(request, &files) })
    });
    let folder = folder(release);
    let run = fetch(folder.path(), &server.address, &["iso"]);
    run.assert(0, "supplied: out", &[NAME]);
    assert_eq!(fs::read(folder.path().join("out").join(NAME)).expect("the image"), release.image);
    let starts: Vec<_> = server.requests(".iso").iter().map(|it| it.headers.get("range").cloned()).collect();
    assert_eq!(starts, [None, Some("bytes=100000-".to_owned()), Some("bytes=200000-".to_owned())]);
    assert!(run.stderr.contains("trying again"), "{}", run.stderr);
}

#[test]
fn a_download_is_resumed_by_the_next_run() {
    let Some(release) = release() else { return };
    let files = release.files.clone();
    let server = Server::start(release.files.clone(), move |request| {
        let cut = (request.path == IMAGE && request.before == 0).then_some(100_000)?;
        Some(Reply { cut: Some(cut), ..file(request, &files) })
    });
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["iso", "--retries", "0"]).assert(
        2,
        "run the command again",
        &[PART, NOTE],
    );
    fetch(folder.path(), &server.address, &["iso"]).assert(
        0,
        "after 100000 bytes of an earlier run",
        &[NAME],
    );
    assert_eq!(server.requests(".iso")[1].headers.get("range").map(String::as_str), Some("bytes=100000-"));
    assert_eq!(fs::read(folder.path().join("out").join(NAME)).expect("the image"), release.image);
}

#[test]
fn an_image_that_changes_in_between_is_taken_anew() {
    let Some(release) = release() else { return };
    // Two servers: one keeps to the condition, the other sends a part of the new file.
    for obeys in [true, false] {
        let (old, new) = (release.other.clone(), release.image.clone());
        let server = Server::start(release.files.clone(), move |request| {
            if request.path != IMAGE {
                return None;
            }
            let mut request = request.clone();
            if request.before == 0 {
                return Some(Reply { cut: Some(250_000), ..with_parts(&request, &old, "\"old\"") });
            }
            if !obeys {
                request.headers.remove("if-range");
            }
            Some(with_parts(&request, &new, "\"new\""))
        });
        let folder = folder(release);
        fetch(folder.path(), &server.address, &["iso"]).assert(0, SUPPLIED, &[NAME]);
        assert_eq!(fs::read(folder.path().join("out").join(NAME)).expect("the image"), release.image);
    }
}

#[test]
fn without_a_name_for_its_state_an_image_is_taken_anew() {
    let Some(release) = release() else { return };
    let image = release.image.clone();
    let server = Server::start(release.files.clone(), move |request| {
        let cut = (request.before == 0).then_some(100_000);
        (request.path == IMAGE).then(|| Reply { status: 200, body: image.clone(), cut, ..Reply::default() })
    });
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["iso"]).assert(0, SUPPLIED, &[NAME]);
    assert!(server.requests(".iso").iter().all(|request| !request.headers.contains_key("range")));
}

#[test]
fn a_slow_server_counts_as_lost() {
    let Some(release) = release() else { return };
    let files = release.files.clone();
    let server = Server::start(release.files.clone(), move |request| {
        let pause = (request.path == IMAGE && request.before == 0).then_some(Duration::from_secs(20))?;
        Some(Reply { cut: Some(100_000), pause: Some(pause), ..file(request, &files) })
    });
    let folder = folder(release);
    let started = std::time::Instant::now();
    fetch(folder.path(), &server.address, &["iso", "--timeout", "1"]).assert(0, "trying again", &[NAME]);
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[test]
fn passing_failures_of_a_server_are_waited_for() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |request| {
        (request.before == 0).then(|| Reply { status: 503, ..Reply::default() })
    });
    let folder = folder(release);
    fetch(folder.path(), &server.address, &["iso"]).assert(0, "answers with 503", &[NAME]);
}

#[test]
fn lasting_failures_end_the_run() {
    let Some(release) = release() else { return };
    let always = |status: u16, end: &'static str| {
        Server::start(release.files.clone(), move |request| {
            request.path.ends_with(end).then(|| Reply { status, ..Reply::default() })
        })
    };
    for (status, end, words) in [
        (404, ".iso", ".iso is not there (404)"),
        (404, ".iso.sig", ".sig is not there (404)"),
        (404, "version.txt", "is the mirror's address right?"),
        (403, ".iso", "answers with 403"),
        (500, ".iso", "answers with 500"),
    ] {
        let server = always(status, end);
        let folder = folder(release);
        fetch(folder.path(), &server.address, &["iso", "--retries", "1"]).assert(2, words, &[]);
        assert_eq!(server.requests(end).len(), if status == 500 { 2 } else { 1 });
    }
    let folder = folder(release);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port");
    fetch(folder.path(), &format!("http://{nobody}"), &["iso", "--retries", "1"]).assert(
        2,
        "cannot get",
        &[],
    );
}

#[test]
fn redirects_are_followed() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |request| {
        let location = request.path.strip_prefix("/moved")?.to_owned();
        Some(Reply { status: 302, headers: vec![("Location", location)], ..Reply::default() })
    });
    let folder = folder(release);
    fetch(folder.path(), &format!("{}/moved", server.address), &["iso"]).assert(0, SUPPLIED, &[NAME]);
    let round = Server::start(release.files.clone(), |request| {
        let to = ("Location", request.path.clone());
        request.path.ends_with(".iso").then(|| Reply { status: 302, headers: vec![to], ..Reply::default() })
    });
    fetch(crate::folder(release).path(), &round.address, &["iso"]).assert(2, "redirect", &[]);
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_nothing() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let folder = folder(release);
    // No file of this process may be longer than 64 KiB.
    let dryboot = command(folder.path(), &server.address);
    let mut shell = std::process::Command::new("bash");
    shell.current_dir(folder.path()).args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""]);
    shell.arg(dryboot.get_program()).args(dryboot.get_args()).args(["iso", "--keyring", "key.asc"]);
    let run = outcome(folder.path(), shell.output().expect("a shell"));
    run.assert(2, "cannot write", &[]);
}
