//! What has arrived and is not handled yet.

use std::collections::VecDeque;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

/// Messages in their order.
#[derive(Debug, Default)]
pub(crate) struct Queue(VecDeque<Message>);

impl Queue {
    pub(crate) fn push(&mut self, message: Message) {
        self.0.push_back(message);
    }

    pub(crate) fn pop(&mut self) -> Option<Message> {
        self.0.pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes out requests that the client has cancelled since, with the answers to them.
    pub(crate) fn cancelled(&mut self) -> Vec<Response> {
        let cancelled: Vec<RequestId> = self.0.iter().filter_map(cancelled).collect();
        if cancelled.is_empty() {
            return Vec::new();
        }
        let mut answers = Vec::new();
        self.0.retain(|message| match message {
            Message::Request(Request { id, .. }) if cancelled.contains(id) => {
                let why = "the request was cancelled".to_owned();
                answers.push(Response::new_err(id.clone(), ErrorCode::RequestCanceled as i32, why));
                false
            }
            // What is not here was answered before.
            Message::Notification(Notification { method, .. }) => method != CANCEL,
            _ => true,
        });
        answers
    }
}

const CANCEL: &str = "$/cancelRequest";

fn cancelled(message: &Message) -> Option<RequestId> {
    let Message::Notification(Notification { method, params }) = message else { return None };
    if method != CANCEL {
        return None;
    }
    match params.get("id")? {
        Value::String(id) => Some(id.clone().into()),
        Value::Number(id) => Some(i32::try_from(id.as_i64()?).ok()?.into()),
        _ => None,
    }
}
