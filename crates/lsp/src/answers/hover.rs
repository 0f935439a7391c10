//! The documentation of a key.

use dryboot_config::Settings;
use gen_lsp_types::{Hover, Position};

use super::markdown;
use crate::document::Document;

pub(crate) fn at(document: &Document, settings: &Settings, position: Position) -> Option<Hover> {
    let (name, text) = (document.name(), document.text.as_str());
    let (options, offset) = (document.options(settings), document.text.offset(position));
    let found = match settings.looks_inside() {
        true => dryboot_core::hover_file(&name, text, &options, offset),
        false => dryboot_core::hover(text, options.target.as_ref(), options.kind, offset),
    }?;
    Some(Hover {
        contents: markdown(format!("**{}**\n\n{}", found.title, found.text)).into(),
        range: Some(document.text.range(found.span)),
    })
}
