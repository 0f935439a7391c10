//! A long session of an editor with `dryboot lsp`, over standard input and output.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails says where")]

#[path = "../../lsp/tests/session/client.rs"]
mod client;

use std::io::{BufReader, BufWriter};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message};
use serde_json::{Value, json};

use crate::client::{Client, position, range};

/// How long a text is that people have open.
const SIZE: usize = 16 * 1024;

/// As many edits are timed.
const EDITS: usize = 200;

/// Starts the server, with a client of it.
fn start() -> (Client, Child) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let (client, wire) = Connection::memory();
    let mut to_server = BufWriter::new(server.stdin.take().expect("a pipe"));
    let mut from_server = BufReader::new(server.stdout.take().expect("a pipe"));
    let Connection { sender, receiver } = wire;
    thread::spawn(move || {
        receiver.iter().for_each(|message| message.write(&mut to_server).expect("the server reads"));
    });
    thread::spawn(move || {
        while let Ok(Some(message)) = Message::read(&mut from_server) {
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    (Client::new(client), server)
}

/// A config of a size that people have, with findings in it.
fn config() -> String {
    let mut text = "#cloud-config\nhostnme: web\nwrite_files:\n".to_owned();
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&format!(
            "  - path: /etc/app/{number}.conf\n    permissions: '0644'\n    content: |\n      number = {number}\n"
        ));
    }
    text.push_str("runcmd:\n  - [sudo, systemctl, restart, app]\n");
    text
}

/// What 95 of 100 take at most.
fn percentile(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() * 95 / 100]
}

#[test]
fn an_editor_gets_everything_while_somebody_types() {
    let (mut client, mut server) = start();
    let capabilities = client.initialize(json!({}), &["file:///one", "file:///two"])["capabilities"].clone();
    assert_eq!(capabilities["positionEncoding"], "utf-16");
    let (uri, text) = ("file:///one/user-data", config());
    client.open(uri, "yaml", &text);
    assert!(client.published(uri, 1).contains(&"1:0 unknown-key".to_owned()));

    // Somebody types a word into a value, takes it away, and types it again.
    let mut times = Vec::new();
    for edit in 0..EDITS {
        let typed = edit % 8;
        let change = match typed < 4 {
            true => json!([{"range": range(1, 12 + typed, 12 + typed), "text": "x"}]),
            false => json!([{"range": range(1, 12 + 7 - typed, 12 + 8 - typed), "text": ""}]),
        };
        let start = Instant::now();
        let version = client.change(uri, change);
        assert!(client.published(uri, version).contains(&"1:0 unknown-key".to_owned()));
        times.push(start.elapsed());
        ask_for_everything(&mut client, uri, edit);
    }
    println!(
        "edit to findings, {SIZE} bytes: {:.1} ms for 95 of 100 edits",
        percentile(times).as_secs_f64() * 1000.0
    );

    let mut params = position(1, 2);
    params["textDocument"] = json!({"uri": uri});
    let cancelled = client.ask("textDocument/hover", params);
    client.notify("$/cancelRequest", json!({"id": cancelled}));
    // It may have been answered before it was cancelled; it is answered once.
    if let Err(error) = client.answer(cancelled).response_result {
        assert_eq!(error.code, -32800);
    }
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    client.notified("textDocument/publishDiagnostics", |params| params["diagnostics"] == json!([]));
    client.leave();
    assert!(server.wait().expect("it ends").success());
}

/// What editors ask after each change.
fn ask_for_everything(client: &mut Client, uri: &str, edit: usize) {
    let context = json!({"range": range(1, 3, 3), "context": {"diagnostics": []}});
    match edit % 5 {
        0 => assert!(client.about("hover", uri, position(2, 3)).is_object()),
        1 => assert!(client.about("completion", uri, position(1, 3)).is_object()),
        2 => {
            let actions = client.about("codeAction", uri, context);
            assert!(actions.as_array().is_some_and(|found| found.len() >= 4), "{actions}");
        }
        3 => assert_eq!(client.about("documentSymbol", uri, json!({}))[0]["name"], "hostnme"),
        _ => assert!(
            client.about("foldingRange", uri, json!({})).as_array().is_some_and(|found| found.len() > 9)
        ),
    }
}

#[test]
fn a_client_that_goes_without_a_word_ends_the_server() {
    let (mut client, mut server) = start();
    client.initialize(json!({}), &[]);
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    drop(client);
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
}
