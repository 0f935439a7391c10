//! The files of `write_files`.

use std::borrow::Cow;
use std::rc::Rc;

use dryboot_schema::Value;
use dryboot_yaml::Span;
use dryboot_yaml::scalar::decode_base64;

use super::{At, Context};

/// An entry of `write_files` with a path.
pub(crate) struct File<'c> {
    /// The entry.
    pub(crate) at: At<'c>,
    /// The path as it is written.
    pub(crate) path: &'c str,
    /// The path that is written to.
    pub(crate) target: String,
    /// Whether it is written in the final stage.
    pub(crate) is_deferred: bool,
    pub(crate) appends: bool,
}

impl<'c> File<'c> {
    pub(crate) fn all(context: &Context<'c>) -> Rc<[Self]> {
        Rc::clone(context.files.get_or_init(|| Self::read(context)))
    }

    fn read(context: &Context<'c>) -> Rc<[Self]> {
        let entries = context.top("write_files").map(|list| context.items(&list)).unwrap_or_default();
        entries
            .into_iter()
            .filter_map(|at| {
                let path = context.get_str(&at, "path").filter(|path| !path.is_empty())?;
                Some(File {
                    path,
                    target: normal(path),
                    is_deferred: is_true(context, &at, "defer"),
                    appends: is_true(context, &at, "append"),
                    at,
                })
            })
            .collect()
    }

    /// The mode it gets. What cannot be read gives the default.
    pub(crate) fn mode(&self, context: &Context<'c>) -> i64 {
        let written = context.get(&self.at, "permissions").map(|at| context.value(at.value));
        match written {
            Some(Value::Int(int)) => int,
            Some(Value::Str(text)) => octal(text).unwrap_or(0o644),
            _ => 0o644,
        }
    }

    pub(crate) fn is_readable_by_all(&self, context: &Context<'c>) -> bool {
        self.mode(context) & 0o004 != 0
    }

    /// The encoding as cloud-init reads it: lower case, without spaces around.
    pub(crate) fn encoding(&self, context: &Context<'c>) -> String {
        context.get_str(&self.at, "encoding").unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The text that is written, where it is text and not compressed.
    pub(crate) fn content(&self, context: &Context<'c>) -> Option<Cow<'c, str>> {
        let text = context.get_str(&self.at, "content")?;
        match self.encoding(context).as_str() {
            "" | "text/plain" => Some(text.into()),
            "b64" | "base64" => {
                let bytes = decode_base64(&text.split_whitespace().collect::<String>())?;
                String::from_utf8(bytes).ok().map(Cow::Owned)
            }
            _ => None,
        }
    }

    /// Where the path is written.
    pub(crate) fn path_span(&self, context: &Context<'c>) -> Span {
        context
            .get(&self.at, "path")
            .map_or_else(|| context.first_line(&self.at), |at| context.first_line(&at))
    }
}

fn is_true<'c>(context: &Context<'c>, mapping: &At<'c>, key: &str) -> bool {
    match context.get(mapping, key).map(|at| context.value(at.value)) {
        Some(Value::Bool(truth)) => truth,
        Some(Value::Str(text)) => {
            ["true", "1", "on", "yes"].contains(&text.trim().to_ascii_lowercase().as_str())
        }
        _ => false,
    }
}

/// What Python's `int(text, 8)` reads.
pub(crate) fn octal(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix("0o").or_else(|| text.strip_prefix("0O")).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    is_number.then(|| i64::from_str_radix(digits, 8).ok())?
}

/// Python's `os.path.abspath` in the root directory.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Whether a path is a directory or lies below it.
pub(crate) fn is_below(path: &str, directory: &str) -> bool {
    let directory = directory.trim_end_matches('/');
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
}
