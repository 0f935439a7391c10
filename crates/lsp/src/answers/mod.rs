//! The answers to requests, a module for each kind.

pub(crate) mod actions;
pub(crate) mod complete;
pub(crate) mod diagnostics;
pub(crate) mod explain;
pub(crate) mod hover;
pub(crate) mod outline;

use gen_lsp_types::{MarkupContent, MarkupKind};

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}
