//! What may be written at a place.

use dryboot_config::Settings;
use gen_lsp_types::{CompletionItem, CompletionItemKind, CompletionList, Position, TextEdit};

use super::markdown;
use crate::document::Document;

pub(crate) fn at(document: &Document, settings: &Settings, position: Position) -> Option<CompletionList> {
    let (name, text) = (document.name(), document.text.as_str());
    let (options, offset) = (document.options(settings), document.text.offset(position));
    let found = match settings.looks_inside() {
        true => dryboot_core::complete_file(&name, text, &options, offset),
        false => dryboot_core::complete(text, options.target.as_ref(), options.kind, offset),
    }?;
    let range = document.text.range(found.span);
    let items = found.items.into_iter().enumerate().map(|(index, item)| CompletionItem {
        kind: Some(kind(&item.insert)),
        // Editors sort by this, and the best come first.
        sort_text: Some(format!("{index:04}")),
        filter_text: Some(item.label.clone()),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        documentation: Some(item.documentation)
            .filter(|text| !text.is_empty())
            .map(|text| markdown(text).into()),
        text_edit: Some(TextEdit { range, new_text: item.insert }.into()),
        label: item.label,
        ..CompletionItem::default()
    });
    Some(CompletionList { items: items.collect(), ..CompletionList::default() })
}

fn kind(insert: &str) -> CompletionItemKind {
    match insert.trim_end().ends_with(':') {
        true => CompletionItemKind::Property,
        false => CompletionItemKind::Value,
    }
}
