//! The session: messages in the order of the queue.

use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use dryboot_config::FILE;
use gen_lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CompletionList, CompletionParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentSymbol,
    DocumentSymbolParams, ExecuteCommandParams, FoldingRange, FoldingRangeParams, Hover, HoverParams,
    MessageType, PublishDiagnosticsParams, ShowMessageParams, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::Ended;
use crate::answers::actions::Asked;
use crate::answers::{complete, diagnostics, explain, hover, outline};
use crate::capabilities::Client;
use crate::document::{Checked, Document};
use crate::queue::Queue;
use crate::settings::Project;

/// A session with one client.
pub(crate) struct Server<'c> {
    connection: &'c Connection,
    client: Client,
    queue: Queue,
    documents: HashMap<Uri, Document>,
    project: Project,
    /// How often something has changed that holds for all texts.
    configured: u32,
    /// How many requests the client was sent.
    asked: i32,
    is_shut_down: bool,
}

/// What answers a request.
type Answer = fn(&mut Server<'_>, Value) -> Result<Value, String>;

/// What is done with a notification.
type Reaction = fn(&mut Server<'_>, Value) -> Result<(), String>;

/// Every request.
const REQUESTS: [(&str, Answer); 7] = [
    ("textDocument/diagnostic", |server, params| answer(params, |params| server.pull(&params))),
    ("textDocument/hover", |server, params| answer(params, |params| server.hover(&params))),
    ("textDocument/completion", |server, params| answer(params, |params| server.complete(&params))),
    ("textDocument/codeAction", |server, params| answer(params, |params| server.actions(&params))),
    ("textDocument/documentSymbol", |server, params| answer(params, |params| server.symbols(&params))),
    ("textDocument/foldingRange", |server, params| answer(params, |params| server.folds(&params))),
    ("workspace/executeCommand", |server, params| answer(params, |params| server.execute(&params))),
];

/// Every notification; others are none of our business.
const NOTIFICATIONS: [(&str, Reaction); 7] = [
    ("textDocument/didOpen", |server, params| read(params).map(|params| server.open(params))),
    ("textDocument/didChange", |server, params| read(params).map(|params| server.change(params))),
    ("textDocument/didSave", |server, params| read(params).map(|params| server.saved(&params))),
    ("textDocument/didClose", |server, params| read(params).map(|params| server.close(params))),
    ("workspace/didChangeWatchedFiles", |server, params| read(params).map(|params| server.watched(&params))),
    ("workspace/didChangeConfiguration", |server, _| {
        server.reconfigure();
        Ok(())
    }),
    ("workspace/didChangeWorkspaceFolders", |server, _| {
        server.reconfigure();
        Ok(())
    }),
];

fn read<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

fn answer<P: DeserializeOwned, A: Serialize>(
    params: Value,
    answer: impl FnOnce(P) -> A,
) -> Result<Value, String> {
    serde_json::to_value(answer(read(params)?)).map_err(|error| error.to_string())
}

impl<'c> Server<'c> {
    pub(crate) fn new(connection: &'c Connection, client: Client) -> Self {
        let base = client.folder.clone().or_else(|| std::env::current_dir().ok());
        Self {
            connection,
            client,
            queue: Queue::default(),
            documents: HashMap::new(),
            project: Project::new(&base.unwrap_or_else(|| PathBuf::from("/"))),
            configured: 0,
            asked: 0,
            is_shut_down: false,
        }
    }

    /// Handles messages until the client leaves.
    pub(crate) fn run(mut self) -> Ended {
        self.watch();
        loop {
            if !self.receive() {
                return Ended::Abruptly;
            }
            match self.queue.pop() {
                Some(Message::Request(request)) => self.request(request),
                Some(Message::Notification(notification)) if notification.method == "exit" => {
                    return if self.is_shut_down { Ended::Properly } else { Ended::Abruptly };
                }
                Some(Message::Notification(notification)) => self.notified(notification),
                Some(Message::Response(_)) => {}
                // Nobody has anything to say: that is when findings are told.
                None => self.publish_next(),
            }
        }
    }

    /// Takes what has arrived, and waits for it when there is nothing else to do. Says whether the client is there.
    fn receive(&mut self) -> bool {
        if self.queue.is_empty() && !self.documents.values().any(|document| document.is_due) {
            match self.connection.receiver.recv() {
                Ok(message) => self.queue.push(message),
                Err(_) => return false,
            }
        }
        self.connection.receiver.try_iter().for_each(|message| self.queue.push(message));
        for cancelled in self.queue.cancelled() {
            self.send(cancelled);
        }
        true
    }

    fn request(&mut self, Request { id, method, params }: Request) {
        if self.is_shut_down {
            return self.refuse(id, ErrorCode::InvalidRequest, "the server is shut down".to_owned());
        }
        if method == "shutdown" {
            self.is_shut_down = true;
            return self.send(Response::new_ok(id, Value::Null));
        }
        let Some((_, answer)) = REQUESTS.iter().find(|(known, _)| *known == method) else {
            return self.refuse(id, ErrorCode::MethodNotFound, format!("unknown request `{method}`"));
        };
        match answer(self, params) {
            Ok(result) => self.send(Response::new_ok(id, result)),
            Err(why) => self.refuse(id, ErrorCode::InvalidParams, why),
        }
    }

    fn notified(&mut self, Notification { method, params }: Notification) {
        let Some((_, react)) = NOTIFICATIONS.iter().find(|(known, _)| *known == method) else { return };
        if let Err(why) = react(self, params) {
            self.tell(MessageType::Error, format!("`{method}` is not valid: {why}"));
        }
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, why: String) {
        self.send(Response::new_err(id, code as i32, why));
    }

    /// A client that is gone gets nothing, and [`Server::receive`] will notice.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    fn ask(&mut self, method: &str, params: impl Serialize) {
        self.asked += 1;
        self.send(Request::new(self.asked.into(), method.to_owned(), params));
    }

    fn tell(&self, kind: MessageType, message: String) {
        self.notify("window/showMessage", ShowMessageParams { kind, message });
    }

    /// Asks the client to say when a configuration changes.
    fn watch(&mut self) {
        if self.client.watches {
            let watchers = json!({"watchers": [{"globPattern": format!("**/{FILE}")}]});
            let method = "workspace/didChangeWatchedFiles";
            let registration = json!({"id": "config", "method": method, "registerOptions": watchers});
            self.ask("client/registerCapability", json!({"registrations": [registration]}));
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let document = Document::new(params.text_document, self.client.encoding);
        self.documents.insert(document.uri.clone(), document);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let of = params.text_document;
        if let Some(document) = self.documents.get_mut(&of.text_document_identifier.uri) {
            params.content_changes.into_iter().for_each(|change| document.text.change(change));
            document.version = of.version;
            (document.checked, document.is_due) = (None, true);
        }
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        if params.text_document.uri.as_ref().ends_with(FILE) {
            self.reconfigure();
        }
    }

    fn close(&mut self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.documents.remove(&uri);
        if !self.client.pulls {
            let nothing = PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
            self.notify("textDocument/publishDiagnostics", nothing);
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        if params.changes.iter().any(|change| change.uri.as_ref().ends_with(FILE)) {
            self.reconfigure();
        }
    }

    /// Checks everything anew: what holds for it may have changed.
    fn reconfigure(&mut self) {
        self.project.forget();
        self.configured += 1;
        for document in self.documents.values_mut() {
            (document.checked, document.is_due) = (None, true);
        }
        if self.client.pulls && self.client.refreshes {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// What is known about a text, which is checked if nobody has asked yet.
    fn checked(&mut self, uri: &Uri) -> Option<(&Document, Rc<Checked>)> {
        let document = self.documents.get(uri)?;
        let checked = match &document.checked {
            Some(checked) => Rc::clone(checked),
            None => {
                let (holds, complaint) = self.project.holds(&document.path);
                let checked = Rc::new(document.check(holds));
                if let Some(complaint) = complaint {
                    self.tell(MessageType::Error, complaint);
                }
                checked
            }
        };
        let document = self.documents.get_mut(uri)?;
        document.checked = Some(Rc::clone(&checked));
        Some((document, checked))
    }

    /// Tells the client about one text that has changed: then there may be messages again.
    fn publish_next(&mut self) {
        let Some(document) = self.documents.values_mut().find(|document| document.is_due) else { return };
        document.is_due = false;
        if self.client.pulls {
            return;
        }
        let uri = document.uri.clone();
        let Some((document, checked)) = self.checked(&uri) else { return };
        let found = PublishDiagnosticsParams {
            version: Some(document.version),
            diagnostics: diagnostics::of(document, &checked),
            uri,
        };
        self.notify("textDocument/publishDiagnostics", found);
    }

    /// Findings for a client that asks for them. A version of a text under one configuration always has the same.
    fn pull(&mut self, params: &DocumentDiagnosticParams) -> Value {
        let configured = self.configured;
        let Some((document, checked)) = self.checked(&params.text_document.uri) else {
            return json!({"kind": "full", "items": []});
        };
        let id = format!("{configured}-{}", document.version);
        if params.previous_result_id.as_ref() == Some(&id) {
            return json!({"kind": "unchanged", "resultId": id});
        }
        json!({"kind": "full", "resultId": id, "items": diagnostics::of(document, &checked)})
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let (document, checked) = self.checked(&at.text_document.uri)?;
        let Checked::UserData { holds, .. } = &*checked else { return None };
        hover::at(document, &holds.settings, at.position)
    }

    fn complete(&mut self, params: &CompletionParams) -> Option<CompletionList> {
        let at = &params.text_document_position_params;
        let (document, checked) = self.checked(&at.text_document.uri)?;
        let Checked::UserData { holds, .. } = &*checked else { return None };
        complete::at(document, &holds.settings, at.position)
    }

    fn actions(&mut self, params: &CodeActionParams) -> Vec<CodeActionResponse> {
        let Some((document, checked)) = self.checked(&params.text_document.uri) else { return Vec::new() };
        let Checked::UserData { report, holds } = &*checked else { return Vec::new() };
        let actions: Vec<CodeAction> = Asked { document, report, holds }.actions(params);
        actions.into_iter().map(CodeActionResponse::CodeAction).collect()
    }

    fn symbols(&mut self, params: &DocumentSymbolParams) -> Vec<DocumentSymbol> {
        match self.checked(&params.text_document.uri) {
            Some((document, checked)) if matches!(*checked, Checked::UserData { .. }) => {
                outline::symbols(document)
            }
            _ => Vec::new(),
        }
    }

    fn folds(&mut self, params: &FoldingRangeParams) -> Vec<FoldingRange> {
        match self.checked(&params.text_document.uri) {
            Some((document, checked)) if matches!(*checked, Checked::UserData { .. }) => {
                outline::folds(document)
            }
            _ => Vec::new(),
        }
    }

    fn execute(&mut self, params: &ExecuteCommandParams) -> Option<String> {
        let documentation = explain::documentation(params)?;
        // Most editors have nowhere to show the result of a command.
        if !self.client.shows_explanations {
            self.tell(MessageType::Info, documentation.clone());
        }
        Some(documentation)
    }
}
