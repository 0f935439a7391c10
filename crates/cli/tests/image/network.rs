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
        "resuming after 100000 bytes from an earlier run",
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
        (404, ".iso", ".iso does not exist (404)"),
        (404, ".iso.sig", ".sig does not exist (404)"),
        (404, "version.txt", "is the mirror's URL correct?"),
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
fn redirects_are_bounded() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |request| {
        let next = format!("{}x", request.path);
        request.path.contains(".iso").then(|| Reply {
            status: 302,
            headers: vec![("Location", next)],
            ..Reply::default()
        })
    });
    let run = fetch(folder(release).path(), &server.address, &["iso", "--retries", "0"]);
    run.assert(2, "redirect", &[]);
    assert!(server.requests("x").len() < 20);
}

/// Where a run meets a server that does not end by itself.
fn within(seconds: u64, run: impl FnOnce()) {
    let started = std::time::Instant::now();
    run();
    assert!(started.elapsed() < Duration::from_secs(seconds), "{:?}", started.elapsed());
}

#[test]
fn an_image_without_end_meets_a_limit() {
    let Some(release) = release() else { return };
    let body = vec![0; 1 << 16];
    let endless = Server::start(release.files.clone(), move |request| {
        let reply = Reply { status: 200, is_endless: true, body: body.clone(), ..Reply::default() };
        (request.path == IMAGE).then_some(reply)
    });
    let limited = ["iso", "--max-size", "1"];
    within(60, || {
        fetch(folder(release).path(), &endless.address, &limited).assert(
            2,
            "more than 1 MiB; `--max-size`",
            &[],
        );
    });
    // It is believed when it says so beforehand.
    let large = Server::start(release.files.clone(), |request| {
        let reply = Reply { status: 200, length: Some(1 << 60), ..Reply::default() };
        (request.path == IMAGE).then_some(reply)
    });
    fetch(folder(release).path(), &large.address, &["iso"]).assert(2, "`--max-size` allows more", &[]);
    assert_eq!(large.requests(".iso").len(), 1);
}

#[test]
fn more_than_was_told_is_not_taken() {
    let Some(release) = release() else { return };
    // A part with a wrong total.
    let image = release.image.clone();
    let server = Server::start(release.files.clone(), move |request| {
        let tag = ("ETag", "\"one\"".to_owned());
        if request.path != IMAGE {
            return None;
        }
        if request.before == 0 {
            let body = image.clone();
            return Some(Reply {
                status: 200,
                headers: vec![tag],
                body,
                cut: Some(100_000),
                ..Reply::default()
            });
        }
        let range = ("Content-Range", "bytes 100000-150000/150001".to_owned());
        let body = vec![7; 1 << 16];
        Some(Reply { status: 206, headers: vec![tag, range], body, is_endless: true, ..Reply::default() })
    });
    let run = fetch(folder(release).path(), &server.address, &["iso", "--retries", "1"]);
    run.assert(2, "sends more than the 150001 bytes that it announced", &[PART, NOTE]);
}

#[test]
fn small_files_without_end_are_not_read() {
    let Some(release) = release() else { return };
    for (end, words) in [
        ("version.txt", "version.txt has more than 65536 bytes"),
        ("version.txt.sig", "version.txt.sig has more than 1048576 bytes"),
        (".iso.sig", ".iso.sig has more than 1048576 bytes"),
    ] {
        for length in [None, Some(5 << 30)] {
            let server = Server::start(release.files.clone(), move |request| {
                let (body, is_endless) = (vec![b'A'; 1 << 16], length.is_none());
                let reply = Reply { status: 200, body, length, is_endless, ..Reply::default() };
                request.path.ends_with(end).then_some(reply)
            });
            within(60, || fetch(folder(release).path(), &server.address, &["iso"]).assert(2, words, &[]));
            assert_eq!(server.requests(end).len(), 1, "it is not tried again");
        }
    }
}

#[test]
fn a_server_that_sends_byte_by_byte_counts_as_lost() {
    let Some(release) = release() else { return };
    let drip = |end: &'static str| {
        let body = release.image[..1000].to_vec();
        Server::start(release.files.clone(), move |request| {
            let drip = Some(Duration::from_millis(100));
            let reply = Reply { status: 200, body: body.clone(), drip, ..Reply::default() };
            request.path.ends_with(end).then_some(reply)
        })
    };
    let run = |server: &Server, more: &[&str]| {
        let folder = folder(release);
        let run = fetch(
            folder.path(),
            &server.address,
            &[&["iso", "--retries", "1", "--timeout", "1"], more].concat(),
        );
        (run.code, run.stderr)
    };
    within(40, || {
        let (code, words) = run(&drip(".iso"), &[]);
        assert_eq!((code, words.contains("fewer than 1000 bytes per second")), (Some(2), true), "{words}");
    });
    within(40, || {
        let (code, words) = run(&drip(".iso"), &["--min-speed", "0", "--max-time", "3"]);
        assert_eq!((code, words.contains("longer than 3 s; `--max-time`")), (Some(2), true), "{words}");
    });
    for small in [".iso.sig", "version.txt"] {
        within(40, || {
            let (code, words) = run(&drip(small), &[]);
            assert_eq!((code, words.contains("cannot get")), (Some(2), true), "{words}");
        });
    }
}

#[test]
fn limits_that_make_no_sense_are_refused() {
    let Some(release) = release() else { return };
    let server = Server::start(release.files.clone(), |_| None);
    let most = u64::MAX.to_string();
    for (flag, value) in [
        ("--timeout", &*most),
        ("--timeout", "0"),
        ("--timeout", "86401"),
        ("--max-time", &most),
        ("--max-time", "0"),
        ("--max-size", &most),
        ("--max-size", "0"),
        ("--min-speed", &most),
        ("--retries", "4294967295"),
    ] {
        fetch(folder(release).path(), &server.address, &["iso", flag, value]).assert(2, "is not in", &[]);
    }
    assert!(server.requests("").is_empty());
    let widest = ["iso", "--timeout", "86400", "--max-time", "31622400", "--max-size", "1073741824"];
    fetch(folder(release).path(), &server.address, &widest).assert(0, SUPPLIED, &[NAME]);
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
