//! How a run of a target ends.

use dryboot_coreos::Document;

/// What is left to say when coreos-cloudinit has exited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) exit_code: i32,
    /// The user's text after decompression.
    pub(crate) text: String,
    pub(crate) substituted: Option<String>,
    pub(crate) notes: Vec<String>,
}

/// What of a text the preview leaves out because of limits of ours.
pub(crate) fn notes_on(document: &Document<'_>, too_long: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if too_long {
        notes.push("the user-data is too large to preview; it is treated as empty".to_owned());
    }
    if let Some(limit) = &document.parsed.limit {
        notes.push(format!("the preview ends early: {}", limit.message));
    }
    if document.model.exhausted {
        notes.push("part of the config could not be read and is missing from the preview".to_owned());
    }
    notes
}
