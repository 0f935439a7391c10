//! What an editor gets from the language server.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails says where")]

mod client;

use std::fs;
use std::thread::{self, JoinHandle};

use dryboot_lsp::{Ended, serve};
use lsp_server::Connection;
use serde_json::{Value, json};

use crate::client::{Client, found, position, range};

/// A server in a thread, and a client of it.
fn session() -> (Client, JoinHandle<Ended>) {
    let (client, server) = Connection::memory();
    (Client::new(client), thread::spawn(move || serve(&server).expect("the protocol")))
}

fn started(capabilities: Value) -> (Client, JoinHandle<Ended>) {
    let (mut client, server) = session();
    client.initialize(capabilities, &[]);
    (client, server)
}

const URI: &str = "file:///project/user-data";
const TEXT: &str =
    "#cloud-config\nhostnme: web\nusers:\n  - name: deploy\n    sudo: false\n    lock_passwd: true\n";

#[test]
fn findings_follow_every_change() {
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", TEXT);
    assert!(client.published(URI, 1).contains(&"1:0 unknown-key".to_owned()));
    let version = client.change(URI, json!([{"range": range(1, 0, 7), "text": "hostname"}]));
    assert!(!client.published(URI, version).iter().any(|found| found.ends_with("unknown-key")));
    let version = client.change(URI, json!([{"text": "#cloud-config\nä🚀: 1\n"}]));
    assert_eq!(client.published(URI, version), ["1:0 unknown-key"]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let closed = client.notified("textDocument/publishDiagnostics", |params| params["version"].is_null());
    assert_eq!(closed["diagnostics"], json!([]));
    client.leave();
    assert_eq!(server.join().expect("no panic"), Ended::Properly);
}

#[test]
fn positions_count_as_the_client_does() {
    let text = "#cloud-config\nhostname: a # ä🚀\nruncmd: [ä🚀, [sudo, ls]]\n";
    for (encodings, expected) in [(json!(["utf-16"]), "2:15"), (json!(["utf-8", "utf-16"]), "2:18")] {
        let (mut client, server) = started(json!({"general": {"positionEncodings": encodings}}));
        client.open(URI, "yaml", text);
        assert_eq!(client.published(URI, 1), [format!("{expected} needless-sudo")]);
        client.leave();
        server.join().expect("no panic");
    }
}

#[test]
fn a_client_that_asks_for_findings_is_not_sent_any() {
    let (mut client, server) = started(json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}},
    }));
    client.open(URI, "yaml", TEXT);
    let first = client.about("diagnostic", URI, json!({}));
    assert!(found(&first["items"]).contains(&"1:0 unknown-key".to_owned()));
    let again = client.about("diagnostic", URI, json!({"previousResultId": first["resultId"]}));
    assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    client.change(URI, json!([{"range": range(1, 0, 7), "text": "hostname"}]));
    let changed = client.about("diagnostic", URI, json!({"previousResultId": first["resultId"]}));
    assert_eq!(changed["kind"], "full");
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    let configured = client.about("diagnostic", URI, json!({"previousResultId": changed["resultId"]}));
    assert_eq!(configured["kind"], "full", "everything may have changed");
    assert!(client.requests.iter().any(|request| request.method == "workspace/diagnostic/refresh"));
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn keys_are_explained_and_completed() {
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", TEXT);
    let hover = client.about("hover", URI, position(4, 5));
    assert!(hover["contents"]["value"].as_str().expect("text").starts_with("**users[].sudo**"), "{hover}");
    assert_eq!(hover["range"], range(4, 4, 8));
    assert_eq!(client.about("hover", URI, position(0, 3)), Value::Null);
    client.change(URI, json!([{"range": range(1, 0, 12), "text": "host"}]));
    let offers = client.about("completion", URI, position(1, 4));
    let items = offers["items"].as_array().expect("offers");
    let hostname = items.iter().find(|item| item["label"] == "hostname").expect("a key");
    assert_eq!(hostname["textEdit"], json!({"range": range(1, 0, 4), "newText": "hostname: "}));
    client.leave();
    server.join().expect("no panic");
}

/// The text after an action.
fn after(text: &str, action: &Value) -> String {
    let edits = action["edit"]["changes"][URI].as_array().expect("edits");
    let offset = |position: &Value| {
        let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
        let lines = text.split_inclusive('\n').take(number(&position["line"]));
        lines.map(str::len).sum::<usize>() + number(&position["character"])
    };
    let mut after = text.to_owned();
    for edit in edits.iter().rev() {
        let span = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        after.replace_range(span, edit["newText"].as_str().expect("text"));
    }
    after
}

fn titled<'v>(actions: &'v Value, title: &str) -> &'v Value {
    let found = actions.as_array().expect("actions").iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| panic!("no {title}: {actions:#}"))
}

#[test]
fn findings_are_fixed_suppressed_and_explained() {
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", TEXT);
    let context = json!({"range": range(1, 2, 2), "context": {"diagnostics": []}});
    let actions = client.about("codeAction", URI, context);
    assert_eq!(after(TEXT, titled(&actions, "Rename to `hostname`")), TEXT.replace("hostnme", "hostname"));
    for (title, comment) in [
        ("Suppress `unknown-key` here", "# dryboot: ignore[unknown-key]\nhostnme"),
        ("Suppress `unknown-key` in this file", "# dryboot: ignore-file[unknown-key]\nhostnme"),
    ] {
        let suppressed = after(TEXT, titled(&actions, title));
        assert_eq!(suppressed, TEXT.replace("hostnme", comment));
        let version = client.change(URI, json!([{"text": suppressed}]));
        assert!(!client.published(URI, version).iter().any(|found| found.contains("suppression")));
    }
    let explain = &titled(&actions, "Explain `unknown-key`")["command"];
    let call = json!({"command": explain["command"], "arguments": explain["arguments"]});
    let documentation = client.request("workspace/executeCommand", call);
    assert!(documentation.as_str().expect("text").starts_with("# unknown-key"), "{documentation}");
    let shown = client.notified("window/showMessage", |_| true);
    assert_eq!(shown["message"], documentation, "most editors show no results of commands");
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn a_comment_stands_where_it_is_one() {
    let text = "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/a.service\n    content: |\n      [Service]\n      \
                ExecStrat=/bin/true\n";
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", text);
    let context = json!({"range": range(5, 8, 8), "context": {"diagnostics": [], "only": ["quickfix"]}});
    let actions = client.about("codeAction", URI, context);
    let rule = actions
        .as_array()
        .expect("actions")
        .iter()
        .find_map(|action| action["command"]["arguments"][0].as_str());
    let rule = rule.expect("a finding");
    let suppressed = after(text, titled(&actions, &format!("Suppress `{rule}` here")));
    let comment = format!("    # dryboot: ignore[{rule}]\n    content: |");
    assert_eq!(suppressed, text.replace("    content: |", &comment), "not inside of the file's content");
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn all_safe_fixes_are_one_action() {
    let text = "#cloud-config\nruncmd:\n  - source /etc/profile.d/go.sh && make\n";
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", text);
    let ask = |only: &str| json!({"range": range(0, 0, 0), "context": {"diagnostics": [], "only": [only]}});
    let actions = client.about("codeAction", URI, ask("source.fixAll"));
    assert_eq!(after(text, titled(&actions, "Apply all safe fixes")), text.replace("source", "."));
    assert_eq!(client.about("codeAction", URI, ask("refactor")), json!([]));
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn keys_and_items_are_the_outline_and_fold() {
    let (mut client, server) = started(json!({}));
    client.open(URI, "yaml", TEXT);
    let symbols = client.about("documentSymbol", URI, json!({}));
    let names = |symbols: &Value| -> Vec<String> {
        let symbols = symbols.as_array().expect("symbols").iter();
        symbols.map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&symbols), ["hostnme", "users"]);
    assert_eq!(names(&symbols[1]["children"]), ["deploy"]);
    assert_eq!(names(&symbols[1]["children"][0]["children"]), ["name", "sudo", "lock_passwd"]);
    let folds = client.about("foldingRange", URI, json!({}));
    assert_eq!(folds, json!([{"startLine": 2, "endLine": 5}, {"startLine": 3, "endLine": 5}]));
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn user_data_inside_other_files_gets_the_same() {
    let uri = "file:///project/main.tf";
    let text = "resource \"aws_instance\" \"web\" {\n  user_data = <<-EOT\n    #cloud-config\n    hostnme: web\n    users:\n      \
                - name: deploy\n  EOT\n}\n";
    let (mut client, server) = started(json!({}));
    client.open(uri, "terraform", text);
    assert!(client.published(uri, 1).contains(&"3:4 unknown-key".to_owned()));
    let hover = client.about("hover", uri, position(4, 5));
    assert_eq!(hover["range"], range(4, 4, 9), "{hover}");
    assert_eq!(client.about("hover", uri, position(0, 3)), Value::Null, "that is Terraform's own");
    let offers = client.about("completion", uri, position(3, 8));
    assert_eq!(offers["items"][0]["textEdit"]["range"]["start"], json!({"line": 3, "character": 4}));
    let symbols = client.about("documentSymbol", uri, json!({}));
    assert_eq!(symbols[0]["name"], "hostnme");
    assert_eq!(symbols[0]["selectionRange"], range(3, 4, 11));
    let context = json!({"range": range(3, 5, 5), "context": {"diagnostics": []}});
    let actions = client.about("codeAction", uri, context);
    let edit = &titled(&actions, "Suppress `unknown-key` here")["edit"]["changes"][uri][0];
    assert_eq!(edit["newText"], "    # dryboot: ignore[unknown-key]\n");
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn what_is_not_user_data_is_left_alone() {
    let (mut client, server) = started(json!({}));
    for (uri, text) in
        [("file:///p/deployment.yaml", "kind: Deployment\nhostnme: a\n"), ("file:///p/main.tf", "a = 1\n")]
    {
        client.open(uri, "yaml", text);
        assert_eq!(client.published(uri, 1), [""; 0], "{uri}");
        assert_eq!(client.about("hover", uri, position(0, 1)), Value::Null);
        assert_eq!(client.about("documentSymbol", uri, json!({})), json!([]));
    }
    client.open("untitled:Untitled-1", "cloud-config", "hostnme: a\n");
    assert!(!client.published("untitled:Untitled-1", 1).is_empty(), "its language says that it is user-data");
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn each_folder_has_its_own_configuration() {
    let root = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    };
    write("one/dryboot.toml", "[rules]\nunknown-key = \"off\"\n");
    write("two/dryboot.toml", "target = \"flatcar\"\nbaseline = \"known.json\"\n");
    write("two/known.json", "{\"version\": 1, \"files\": {}}");
    let uri = |path: &str| format!("file://{}/{path}", root.path().display());
    let (mut client, server) = session();
    let watching = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    client.initialize(watching, &[&uri("one"), &uri("two")]);
    let (one, two) = (uri("one/user-data"), uri("two/user-data"));
    let text = "#cloud-config\nruncmd: [ls]\nhostnme: a\n";
    client.open(&one, "yaml", text);
    client.open(&two, "yaml", text);
    assert_eq!(client.published(&one, 1), [""; 0]);
    assert!(client.published(&two, 1).contains(&"1:0 wrong-dialect".to_owned()), "Flatcar has no `runcmd`");
    assert!(client.requests.iter().any(|request| request.method == "client/registerCapability"));

    write("one/dryboot.toml", "[rules]\nunknown-key = \"silent\"\n");
    let changed = json!({"changes": [{"uri": uri("one/dryboot.toml"), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(
        client.published(&one, 1),
        ["2:0 unknown-key"],
        "a file that cannot be used holds for nothing"
    );
    let said = client.notified("window/showMessage", |_| true);
    assert!(said["message"].as_str().expect("text").contains("unknown level `silent`"), "{said}");

    client.open(&uri("one/dryboot.toml"), "toml", "tagret = \"auto\"\n");
    let problems =
        client.notified("textDocument/publishDiagnostics", |params| params["uri"] == uri("one/dryboot.toml"));
    assert_eq!(problems["diagnostics"][0]["message"], "unknown key `tagret`: did you mean `target`?");
    client.leave();
    server.join().expect("no panic");
}

/// Everything is there before the server looks: only the first request is answered with a result.
#[test]
fn cancelled_requests_are_answered_at_once() {
    let (client, server) = Connection::memory();
    let mut client = Client::new(client);
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let initialize = client.ask("initialize", params);
    client.notify("initialized", json!({}));
    client.open(URI, "yaml", TEXT);
    let hover = |client: &mut Client| {
        let mut params = position(4, 5);
        params["textDocument"] = json!({"uri": URI});
        client.ask("textDocument/hover", params)
    };
    let (kept, cancelled) = (hover(&mut client), hover(&mut client));
    client.notify("$/cancelRequest", json!({"id": cancelled}));
    client.notify("$/cancelRequest", json!({"id": 12345}));
    let server = thread::spawn(move || serve(&server).expect("the protocol"));
    client.answer(initialize);
    let error = client.answer(cancelled).response_result.expect_err("cancelled");
    assert_eq!(error.code, -32800);
    assert!(client.answer(kept).response_result.expect("an answer").is_object());
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn a_burst_of_changes_is_checked_once() {
    let (client, server) = Connection::memory();
    let mut client = Client::new(client);
    let initialize =
        client.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open(URI, "yaml", TEXT);
    let last = (0..50).map(|_| client.change(URI, json!([{"range": range(1, 0, 0), "text": "x"}]))).last();
    let server = thread::spawn(move || serve(&server).expect("the protocol"));
    client.answer(initialize);
    let first = client.notified("textDocument/publishDiagnostics", |_| true);
    assert_eq!(first["version"], json!(last), "versions that nobody will see are not checked");
    client.leave();
    server.join().expect("no panic");
}

#[test]
fn what_is_not_valid_is_refused_and_the_session_goes_on() {
    let (mut client, server) = started(json!({}));
    let mut code = |method: &str, params: Value| {
        let id = client.ask(method, params);
        client.answer(id).response_result.expect_err("an error").code
    };
    assert_eq!(code("textDocument/rename", json!({})), -32601);
    assert_eq!(code("textDocument/hover", json!({"position": 1})), -32602);
    client.notify("textDocument/didOpen", json!({"nothing": 1}));
    assert_eq!(client.notified("window/showMessage", |_| true)["type"], 1);
    client.notify(
        "textDocument/didChange",
        json!({"textDocument": {"uri": URI, "version": 2}, "contentChanges": []}),
    );
    assert_eq!(client.about("hover", URI, position(0, 0)), Value::Null, "it is not open");
    client.notify("exit", Value::Null);
    assert_eq!(server.join().expect("no panic"), Ended::Abruptly);
}
