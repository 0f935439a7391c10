//! How long an edit takes until the client has the findings, in a text of the size that people have open.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "it measures, and prints what it has measured"
)]

#[path = "../tests/session/client.rs"]
#[allow(dead_code, reason = "it has what tests need, too")]
mod client;
#[path = "../../core/benches/cloud_config/mod.rs"]
mod cloud_config;

use std::thread;
use std::time::{Duration, Instant};

use dryboot_lsp::serve;
use lsp_server::Connection;
use serde_json::json;

use crate::client::{Client, range};

const SIZE: usize = 16 * 1024;
const EDITS: usize = 500;

/// What 95 of 100 edits may take.
const BUDGET: f64 = 10.0;

fn main() {
    let (client, server) = Connection::memory();
    let session = thread::spawn(move || serve(&server));
    let mut client = Client::new(client);
    client.initialize(json!({}), &[]);
    let uri = "file:///user-data";
    let text = cloud_config::cloud_config(SIZE) + "x-end: a\n";
    client.open(uri, "yaml", &text);
    client.published(uri, 1);
    let line = text.lines().count() - 1;
    let mut times: Vec<Duration> = Vec::new();
    for edit in 0..EDITS {
        let (end, new) = if edit % 2 == 0 { (7, "b") } else { (8, "") };
        let start = Instant::now();
        let version = client.change(uri, json!([{"range": range(line, 7, end), "text": new}]));
        client.published(uri, version);
        times.push(start.elapsed());
    }
    client.leave();
    session.join().expect("no panic").expect("the protocol");
    times.sort_unstable();
    let milliseconds = |percent: usize| times[EDITS * percent / 100].as_secs_f64() * 1000.0;
    let verdict = if milliseconds(95) <= BUDGET { "within" } else { "over" };
    println!(
        "language server: edit to findings, {EDITS} edits of {SIZE} bytes\n  half within {:.1} ms, 95 of 100 within {:.1} ms, \
         {verdict} the budget of {BUDGET} ms",
        milliseconds(50),
        milliseconds(95)
    );
}
