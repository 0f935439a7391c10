//! Remedies that add something.

use dryboot_lint::Edit;
use dryboot_yaml::Span;

use super::{At, Context};

/// Puts an entry such as `lock_passwd: false` before a key of a mapping, in the mapping's own style; none for a key
/// that is written elsewhere and only merged in.
pub(crate) fn entry_before<'c>(
    context: &Context<'c>,
    mapping: &At<'c>,
    key: &At<'c>,
    entry: &str,
) -> Option<Edit> {
    let node = context.tree()?.node(mapping.value);
    let at = context.key_span(key).start;
    if !(node.span.start..node.span.end).contains(&at) {
        return None;
    }
    let separator = if node.flow { ", ".to_owned() } else { line_break(context.read, at) };
    Some(Edit { span: Span::empty(at), text: format!("{entry}{separator}") })
}

/// A line break with the indentation that leads to the column of `at`.
pub(crate) fn line_break(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    format!("\n{}", " ".repeat(column))
}
