//! The tags of a template, and which branch of what they decide stays.

use dryboot_yaml::Span;

use super::syntax::{Syntax, Tag};

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Value,
    Comment,
    /// It begins something that ends later.
    Begin,
    /// Another branch begins.
    Else,
    End,
    /// It decides nothing about the text around it.
    Other,
}

/// A tag of a template.
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) role: Role,
}

pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let next = syntax
            .tags()
            .iter()
            .filter_map(|tag| Some((rest.find(tag.0)?, tag)))
            .min_by_key(|(offset, tag)| (*offset, std::cmp::Reverse(tag.0.len())));
        let Some((offset, &(open, close, tag))) = next else { break };
        let start = at + offset;
        // Terraform's `$${` and `%%{` stand for `${` and `%{` themselves.
        let mark = open.chars().next().unwrap_or_default();
        let is_escaped = syntax == Syntax::Terraform && text[..start].ends_with(mark);
        let inside = start + open.len();
        let end = closing(&text[inside..], open, close).map(|length| inside + length);
        let Some(end) = end.filter(|end| !is_escaped && is_tag(&text[inside..*end], close)) else {
            at = inside;
            continue;
        };
        let inner = text[inside..end - close.len()].trim_matches(['-', '~', '+', ' ', '\t', '\n']);
        found.push(Found { span: Span::new(start, end), role: role(tag, inner) });
        at = end;
    }
    found
}

/// How far it is to the end of what closes a tag. In Terraform, braces nest, and strings may have some.
fn closing(rest: &str, open: &str, close: &str) -> Option<usize> {
    if close != "}" {
        return rest.find(close).map(|at| at + close.len());
    }
    debug_assert!(open.ends_with('{'));
    let (mut depth, mut is_quoted, mut is_escaped) = (1_usize, false, false);
    for (at, char) in rest.char_indices() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '{' if !is_quoted => depth += 1,
            '}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a tag is one: `@@` stands around a name alone.
fn is_tag(inner: &str, close: &str) -> bool {
    let name = inner.strip_suffix(close).unwrap_or(inner);
    close != "@@"
        || (!name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)))
}

fn role(tag: Tag, inner: &str) -> Role {
    let word = inner.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let control = || match word {
        "if" | "for" | "range" | "with" | "unless" | "macro" | "block" | "define" | "raw" | "filter"
        | "call" => Some(Role::Begin),
        "else" | "elif" | "elsif" | "elseif" => Some(Role::Else),
        "end" | "endif" | "endfor" | "endmacro" | "endblock" | "endraw" | "endfilter" | "endcall" => {
            Some(Role::End)
        }
        _ => None,
    };
    match tag {
        Tag::Value => Role::Value,
        Tag::Comment => Role::Comment,
        Tag::Control => control().unwrap_or(if inner.ends_with(" do") { Role::Begin } else { Role::Other }),
        Tag::Action if inner.starts_with("/*") => Role::Comment,
        Tag::Action if inner.starts_with('$') && inner.contains(":=") => Role::Other,
        Tag::Action => control().unwrap_or(Role::Value),
    }
}

/// Whether nothing else stands on the lines of a tag.
pub(super) fn stands_alone(text: &str, span: &Span) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

/// The places after `else`, up to the end of what it belongs to.
pub(super) fn other_branches(tags: &[Found]) -> Vec<Span> {
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut branches = Vec::new();
    for tag in tags {
        match tag.role {
            Role::Begin => open.push(None),
            Role::Else => {
                if let Some(branch @ None) = open.last_mut() {
                    *branch = Some(tag.span.end);
                }
            }
            Role::End => {
                if let Some(Some(start)) = open.pop() {
                    branches.push(Span::new(start, tag.span.start));
                }
            }
            Role::Value | Role::Comment | Role::Other => {}
        }
    }
    branches
}
