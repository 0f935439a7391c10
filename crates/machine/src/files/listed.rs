//! The file tree as the JSON output shows it.

use serde::{Serialize, Serializer};

use super::{Entry, FileTree, Node};
use crate::bytes::{base64_unless_text, lossy_text};

impl Serialize for FileTree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(path, entry)| Listed::new(path, entry)))
    }
}

/// One entry.
#[derive(Serialize)]
struct Listed<'e> {
    path: &'e str,
    kind: &'static str,
    mode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<usize>,
}

impl<'e> Listed<'e> {
    fn new(path: &'e str, entry: &'e Entry) -> Self {
        let (kind, content, target) = match &entry.node {
            Node::File(content) => ("file", Some(content), None),
            Node::Directory => ("directory", None, None),
            Node::Symlink(target) => ("symlink", None, Some(target.as_str())),
            Node::Device => ("device", None, None),
        };
        Self {
            path,
            kind,
            mode: entry.mode.to_string(),
            owner: entry.owner.as_deref(),
            content: content.map(|content| lossy_text(content)),
            content_base64: content.and_then(|content| base64_unless_text(content)),
            target,
            written_by: entry.written_by,
        }
    }
}
