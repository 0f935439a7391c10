//! User-data in scripts: heredocs, and strings of several lines; in a Makefile, what `define` gives a name.

use dryboot_text::Span;

use crate::body::{Body, is_within, lines};
use crate::heredoc::{self, filled};
use crate::placeholders::Language;
use crate::{Embedded, Host, Placeholders, mark, scan};

/// Finds user-data in a script.
pub(crate) fn scan(host: Host, text: &str, depth: usize, found: &mut Vec<Embedded>) {
    let mut taken: Vec<Span> = Vec::new();
    for heredoc in heredoc::all(text) {
        let body = match heredoc.mode {
            Some('-') => Body::without_tabs(text, heredoc.body),
            _ => Body::whole(text, heredoc.body),
        };
        taken.push(heredoc.body);
        if heredoc.is_quoted {
            scan::inside(body, "", Placeholders::None, depth, found);
        } else {
            filled(body, Language::Shell, "", depth, found);
        }
    }
    for string in strings(text).filter(|string| !is_within(&taken, string.start)) {
        let body = Body::whole(text, string);
        match text.as_bytes().get(string.start.saturating_sub(1)) {
            Some(b'"') => filled(body, Language::Shell, "", depth, found),
            _ => scan::inside(body, "", Placeholders::None, depth, found),
        }
    }
    if host == Host::Make {
        for body in defined(text) {
            filled(Body::whole(text, body), Language::Make, "", depth, found);
        }
    }
}

/// What is between quotes and begins with the header.
fn strings(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.match_indices(['"', '\'']).filter_map(|(at, quote)| {
        let start = at + 1;
        let rest = text.get(start..)?;
        let line = rest.lines().next()?;
        let is_comment =
            text[..at].rsplit('\n').next().is_some_and(|before| before.trim_start().starts_with('#'));
        if is_comment || !mark::is_header(line) || line.contains(quote) {
            return None;
        }
        let mut end = None;
        for (offset, _) in rest.match_indices(quote) {
            if quote == "'" || !rest[..offset].ends_with('\\') {
                end = Some(start + offset);
                break;
            }
        }
        Some(Span::new(start, end?))
    })
}

/// The lines between `define` and `endef`.
fn defined(text: &str) -> Vec<Span> {
    let (mut bodies, mut start) = (Vec::new(), None);
    for (span, line) in lines(text) {
        match (start, line.split_whitespace().next()) {
            (None, Some("define")) => start = Some(span.end),
            (Some(from), Some("endef")) => {
                bodies.push(Span::new(from, span.start));
                start = None;
            }
            _ => {}
        }
    }
    bodies
}
