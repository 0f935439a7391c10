//! The host name of a config, and the files that it goes to.

use dryboot_schema::Value;

use crate::lint::{At, Context};

/// A file of `write_files`.
pub(super) struct File<'c> {
    /// The path, without doubled slashes.
    pub(super) path: String,
    /// The value of `path`.
    pub(super) at: At<'c>,
    /// The content, if it is written as it is.
    pub(super) content: Option<&'c str>,
    /// Whether it is written in the last stage, after all that cloud-init writes itself.
    pub(super) is_deferred: bool,
}

/// The files that the config writes.
pub(super) fn files<'c>(context: &Context<'c>) -> Vec<File<'c>> {
    let items = context.top("write_files").map(|files| context.items(&files)).unwrap_or_default();
    let file = |item: &At<'c>| {
        let at = context.get(item, "path")?;
        let parts = context.str(&at)?.trim().split('/').filter(|part| !part.is_empty() && *part != ".");
        let path: String = parts.flat_map(|part| ["/", part]).collect();
        let is_plain = matches!(context.get_str(item, "encoding"), None | Some("text/plain"));
        let content = context.get_str(item, "content").filter(|_| is_plain);
        let is_deferred = context.get(item, "defer").is_some_and(|at| truth(context, &at) == Some(true));
        Some(File { path, at, content, is_deferred })
    };
    items.iter().filter_map(file).collect()
}

/// What cloud-init takes a value for that should be a boolean.
pub(super) fn truth<'c>(context: &Context<'c>, at: &At<'c>) -> Option<bool> {
    match context.value(at.value) {
        Value::Bool(truth) => Some(truth),
        Value::Int(int) => {
            [(0, false), (1, true)].iter().find(|(known, _)| *known == int).map(|(_, truth)| *truth)
        }
        Value::Str(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The truth of a key of the top level.
pub(super) fn top_truth(context: &Context<'_>, name: &str) -> Option<bool> {
    truth(context, &context.top(name)?)
}
