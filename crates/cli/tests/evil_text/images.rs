//! What keys and servers say.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use dryboot_openpgp_cases::{Gpg, is_installed};
use tempfile::tempdir;

use crate::{EVIL, check, run};

fn gpg() -> Option<Gpg> {
    let gpg = is_installed().then(|| Gpg::new().expect("gpg"));
    if gpg.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: gpg is not installed");
    }
    gpg
}

#[test]
fn no_user_id_of_a_key_gets_out_raw() {
    let Some(gpg) = gpg() else { return };
    let folder = tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("image", b"an image");
    for evil in ["\u{202e}word\u{2066} <a@example.org>", "::error::word\u{200b} <b@example.org>"] {
        let more = ["--allow-freeform-uid"];
        let key = gpg.key(evil, "ed25519", "cert,sign", "20180226T100000", "never", &more).expect("a key");
        write("key", &gpg.export(&key, &[]).expect("a key"));
        write("image.sig", &gpg.sign(&key, b"an image", "20190401T100000", &[]).expect("a signature"));
        write("other", b"another image");
        for command in [
            "verify|--keyring=key|image",
            "verify|--keyring=key|--output-format=json|image",
            "verify|--keyring=key|other|image.sig",
        ] {
            for colours in [false, true] {
                let output = run(folder.path(), command, evil, "", colours);
                assert!(check(&output, colours, command), "{command}: the user ID is shown");
            }
        }
    }
}

/// Answers every request with `head` and `body`, as long as the test runs.
fn server(head: String, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            read_request(&mut stream);
            let length = body.len();
            let answer =
                format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
            // Who has gone has had enough.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

fn read_request(stream: &mut TcpStream) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        request.push(byte[0]);
    }
}

#[test]
fn no_answer_of_a_server_gets_out_raw() {
    let Some(gpg) = gpg() else { return };
    let folder = tempdir().expect("a folder");
    let key = gpg.key("a <a@example.org>", "ed25519", "cert,sign", "20180226T100000", "never", &[]);
    let key = key.and_then(|key| gpg.export(&key, &[])).expect("a key");
    fs::write(folder.path().join("key"), key).expect("a file");
    for evil in EVIL {
        let in_head: String = evil.chars().filter(|char| !char.is_control()).collect();
        for (head, body) in [
            ("200 OK".to_owned(), format!("FLATCAR_VERSION={evil}\n")),
            ("200 OK".to_owned(), format!("{evil}\n")),
            (format!("500 {in_head}"), evil.to_owned()),
            (format!("302 Found\r\nLocation: /{in_head}"), evil.to_owned()),
        ] {
            let address = server(head.clone(), body);
            let command = format!("image|fetch|--keyring=key|--retries=0|--base-url={address}|iso");
            let output = run(folder.path(), &command, evil, "", false);
            check(&output, false, &format!("{head}, {evil:?}"));
            assert_eq!(output.status.code(), Some(2), "{head}, {evil:?}");
        }
    }
}
