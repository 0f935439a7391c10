//! The address variables in a text, and what looks like one.

use dryboot_yaml::Span;

use crate::lint::context::Context;

/// What the targets replace, without the dollar sign.
pub(crate) const VARIABLES: [&str; 4] = ["public_ipv4", "private_ipv4", "public_ipv6", "private_ipv6"];

/// A dollar sign and what follows it.
pub(crate) struct Reference<'t> {
    /// All of it.
    pub(crate) span: Span,
    /// Letters, digits and underscores, without the braces.
    pub(crate) name: &'t str,
    /// The same with what comes after a hyphen.
    pub(crate) hyphenated: &'t str,
    pub(crate) braced: bool,
}

pub(crate) fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Whether a place lies in a comment.
pub(crate) fn is_comment(context: &Context<'_>, offset: usize) -> bool {
    let comments = &context.tree().comments;
    let before = comments.partition_point(|comment| comment.span.start <= offset);
    context.begins_as_comment(context.document.lines.line(offset))
        || before.checked_sub(1).is_some_and(|at| comments[at].span.touches(offset))
}

/// Every dollar sign with a name after it that no backslash keeps.
pub(crate) fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    text.match_indices('$').filter_map(|(at, _)| {
        // An escaped sign stays on purpose.
        if text[..at].ends_with(['\\', '$'])
            && !VARIABLES.iter().any(|known| text[at + 1..].starts_with(known))
        {
            return None;
        }
        if text[..at].ends_with('\\') {
            return None;
        }
        let braced = text[at + 1..].starts_with('{');
        let start = at + 1 + usize::from(braced);
        let rest = &text[start..];
        let length = rest.find(|char: char| !is_word(char)).unwrap_or(rest.len());
        let longer = rest.find(|char: char| !is_word(char) && char != '-').unwrap_or(rest.len());
        let closes = usize::from(braced && rest[length..].starts_with('}'));
        (length > 0).then(|| Reference {
            span: Span::new(at, start + length + closes),
            name: &rest[..length],
            hyphenated: &rest[..if braced { length } else { longer }],
            braced,
        })
    })
}
