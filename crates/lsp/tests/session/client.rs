//! A client of the language server, as an editor is one.

use std::collections::BTreeMap;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};

/// Nothing takes as long, even on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with its texts.
pub(crate) struct Client {
    connection: Connection,
    asked: i32,
    versions: BTreeMap<String, i32>,
    /// Notifications that came while something else was waited for.
    early: Vec<Notification>,
    /// Requests of the server.
    pub(crate) requests: Vec<Request>,
}

impl Client {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection, asked: 0, versions: BTreeMap::new(), early: Vec::new(), requests: Vec::new() }
    }

    pub(crate) fn send(&self, message: impl Into<Message>) {
        self.connection.sender.send(message.into()).expect("the server listens");
    }

    pub(crate) fn notify(&self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Sends a request; its answer is waited for with [`Client::answer`].
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i32 {
        self.asked += 1;
        self.send(Request::new(self.asked.into(), method.to_owned(), params));
        self.asked
    }

    pub(crate) fn answer(&mut self, id: i32) -> Response {
        loop {
            match self.receive() {
                Message::Response(response) if response.id == id.into() => return response,
                Message::Response(response) => panic!("an answer to something else: {response:?}"),
                Message::Notification(notification) => self.early.push(notification),
                Message::Request(request) => self.asked_by_server(request),
            }
        }
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let response = self.answer(id);
        response.response_result.unwrap_or_else(|error| panic!("{method}: {error:?}"))
    }

    /// A request about a text.
    pub(crate) fn about(&mut self, method: &str, uri: &str, mut more: Value) -> Value {
        more["textDocument"] = json!({"uri": uri});
        self.request(&format!("textDocument/{method}"), more)
    }

    /// Waits for a notification.
    pub(crate) fn notified(&mut self, method: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let is_it = |notification: &Notification| notification.method == method && fits(&notification.params);
        if let Some(at) = self.early.iter().position(is_it) {
            return self.early.remove(at).params;
        }
        loop {
            match self.receive() {
                Message::Notification(notification) if is_it(&notification) => return notification.params,
                Message::Notification(notification) => self.early.push(notification),
                Message::Request(request) => self.asked_by_server(request),
                Message::Response(response) => panic!("an answer nobody waits for: {response:?}"),
            }
        }
    }

    fn asked_by_server(&mut self, request: Request) {
        self.send(Response::new_ok(request.id.clone(), Value::Null));
        self.requests.push(request);
    }

    fn receive(&self) -> Message {
        self.connection.receiver.recv_timeout(PATIENCE).expect("the server says something")
    }

    pub(crate) fn initialize(&mut self, capabilities: Value, folders: &[&str]) -> Value {
        let folders: Vec<Value> = folders.iter().map(|uri| json!({"uri": uri, "name": uri})).collect();
        let params = json!({
            "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders,
        });
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes a text, and says which version that is.
    pub(crate) fn change(&mut self, uri: &str, changes: Value) -> i32 {
        let version = self.versions.get_mut(uri).expect("an open text");
        *version += 1;
        let version = *version;
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        version
    }

    /// The findings in a version of a text that the server sends: `line:character rule`.
    pub(crate) fn published(&mut self, uri: &str, version: i32) -> Vec<String> {
        let params = self.notified("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri && params["version"] == version
        });
        found(&params["diagnostics"])
    }

    pub(crate) fn leave(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
    }
}

/// Findings as `line:character rule`.
pub(crate) fn found(diagnostics: &Value) -> Vec<String> {
    let one = |found: &Value| {
        let start = &found["range"]["start"];
        format!("{}:{} {}", start["line"], start["character"], found["code"].as_str().unwrap_or("-"))
    };
    diagnostics.as_array().expect("findings").iter().map(one).collect()
}

pub(crate) fn position(line: usize, character: usize) -> Value {
    json!({"position": {"line": line, "character": character}})
}

pub(crate) fn range(line: usize, from: usize, to: usize) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}
