//! What the client can do, and what the server says it can do.

use std::path::PathBuf;

use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions,
    ExecuteCommandOptions, InitializeParams, InitializeResult, PositionEncodingKind, SaveOptions,
    ServerCapabilities, ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use serde_json::{Value, json};

use crate::answers::actions::FIX_ALL;
use crate::answers::explain::EXPLAIN;
use crate::text::Encoding;
use crate::uri;

/// What matters about a client.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// It asks for findings, and is not sent any.
    pub(crate) pulls: bool,
    /// It can be told to ask again.
    pub(crate) refreshes: bool,
    /// It can be asked to watch files.
    pub(crate) watches: bool,
    /// It shows the documentation of rules itself (an initialization option).
    pub(crate) shows_explanations: bool,
    /// The first folder that it has open.
    pub(crate) folder: Option<PathBuf>,
}

impl Client {
    pub(crate) fn new(params: &InitializeParams) -> Self {
        // The types have an option at every level; JSON pointers say the same in one line.
        let can = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let is = |pointer: &str| can.pointer(pointer) == Some(&Value::Bool(true));
        let encodings = can.pointer("/general/positionEncodings").and_then(Value::as_array);
        let utf8 = encodings.is_some_and(|encodings| encodings.iter().any(|encoding| encoding == "utf-8"));
        let options = params.initialization_options.as_ref();
        let value = serde_json::to_value(params).unwrap_or_default();
        let folder = value.pointer("/workspaceFolders/0/uri").or_else(|| value.get("rootUri"));
        Self {
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            pulls: can.pointer("/textDocument/diagnostic").is_some(),
            refreshes: is("/workspace/diagnostics/refreshSupport"),
            watches: is("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_explanations: options.and_then(|options| options.get("showsExplanations"))
                == Some(&Value::Bool(true)),
            folder: folder.and_then(Value::as_str).and_then(|folder| uri::path(&folder.into())),
        }
    }
}

/// The answer to the first request.
pub(crate) fn result(client: &Client) -> Value {
    let encoding = match client.encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
    };
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(SaveOptions::default().into()),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(sync.into()),
        hover_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([":", "-", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::new(FIX_ALL)]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        diagnostic_provider: Some(
            DiagnosticOptions { identifier: Some("dryboot".to_owned()), ..DiagnosticOptions::default() }
                .into(),
        ),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![EXPLAIN.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    };
    let info = ServerInfo { name: "dryboot".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let result = InitializeResult { capabilities, server_info: Some(info) };
    serde_json::to_value(result).unwrap_or_else(|_| json!({"capabilities": {}}))
}
