//! The keys and items of a text, and what can be folded.

use std::collections::BTreeMap;

use dryboot_core::{Symbol, SymbolKind as Kind, outline};
use gen_lsp_types::{DocumentSymbol, FoldingRange, SymbolKind};

use crate::document::Document;

pub(crate) fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    outline(&document.name(), document.text.as_str())
        .into_iter()
        .map(|symbol| shown(document, symbol))
        .collect()
}

fn shown(document: &Document, symbol: Symbol) -> DocumentSymbol {
    let range = document.text.range(symbol.span);
    let named = document.text.range(symbol.named);
    let children: Vec<_> = symbol.children.into_iter().map(|child| shown(document, child)).collect();
    #[allow(deprecated, reason = "a field of the protocol")]
    DocumentSymbol {
        name: symbol.name,
        detail: None,
        kind: match symbol.kind {
            Kind::Mapping => SymbolKind::Object,
            Kind::List => SymbolKind::Array,
            Kind::Value => SymbolKind::Property,
        },
        tags: None,
        deprecated: None,
        range,
        // The protocol wants it inside.
        selection_range: if range.start <= named.start && named.end <= range.end { named } else { range },
        children: (!children.is_empty()).then_some(children),
    }
}

/// What has several lines: from the line of its name to its last.
pub(crate) fn folds(document: &Document) -> Vec<FoldingRange> {
    let mut last_of = BTreeMap::new();
    collect(document, &outline(&document.name(), document.text.as_str()), &mut last_of);
    let fold = |(start_line, end_line)| FoldingRange { start_line, end_line, ..FoldingRange::default() };
    last_of.into_iter().map(fold).collect()
}

fn collect(document: &Document, symbols: &[Symbol], last_of: &mut BTreeMap<u32, u32>) {
    for symbol in symbols {
        let range = document.text.range(symbol.span);
        if range.end.line > range.start.line {
            let last = last_of.entry(range.start.line).or_default();
            *last = range.end.line.max(*last);
        }
        collect(document, &symbol.children, last_of);
    }
}
