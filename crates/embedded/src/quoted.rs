//! User-data in strings: with escapes, or in base64.

use dryboot_text::{Builder, SourceMap, Span};
use dryboot_user_data::{base64, gzip};

use crate::body::{Body, is_within, lines};
use crate::{Edits, Embedded, Placeholders, mark, scan};

/// The largest text that compressed user-data may become.
const LONGEST: usize = 64 << 20;

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Double quotes of YAML and JSON.
    Double,
    /// Single quotes of YAML.
    Single,
    /// Terraform.
    Hcl,
}

/// Names of keys that have a file's content, and not user-data.
pub(crate) const CONTENTS: [&str; 3] = ["content", "contents", "file_content"];

/// Finds strings outside of the blocks, which are texts of their own.
pub(crate) fn scan(text: &str, blocks: &[Span], found: &mut Vec<Embedded>) {
    for (span, line) in lines(text) {
        if is_within(blocks, span.start) || line.trim_start().starts_with('#') {
            continue;
        }
        for (offset, quote) in line.match_indices(['"', '\'']) {
            let start = span.start + offset + 1;
            let style = if quote == "\"" { Style::Double } else { Style::Single };
            let Some(rest) = text.get(start..).filter(|rest| mark::is_header(rest) && rest.starts_with('#'))
            else {
                continue;
            };
            let name = name_before(&text[..start - 1]);
            if is_item(&text[..start - 1]) || CONTENTS.contains(&name) {
                continue;
            }
            let inside = Span::new(start, start + closing(rest, style));
            found.extend(string(text, inside, style, name, Placeholders::None));
        }
        for token in tokens(line) {
            let inside = Span::new(span.start + token.start, span.start + token.end);
            let written = inside.slice(text);
            let name = name_before(&text[..inside.start]);
            let is_one = mark::begins_in_base64(written)
                || (mark::begins_compressed(written) && mark::names_user_data(name));
            if is_one && !CONTENTS.contains(&name) {
                found.extend(encoded(text, inside, name));
            }
        }
    }
}

/// A string that is user-data.
pub(crate) fn string(
    text: &str,
    inside: Span,
    style: Style,
    name: &str,
    placeholders: Placeholders,
) -> Option<Embedded> {
    let (made, map) = unescaped(text, inside, style);
    // A header alone says nothing, unless the config was folded into its line.
    let is_one = mark::begins(&made) && (made.trim().contains('\n') || made.contains(": "));
    is_one.then(|| Embedded {
        text: made,
        map,
        span: inside,
        name: name.to_owned(),
        placeholders,
        edits: Edits::Never,
        folded: None,
    })
}

/// User-data in base64, compressed or not.
pub(crate) fn encoded(text: &str, inside: Span, name: &str) -> Option<Embedded> {
    let written: Vec<u8> = inside.slice(text).bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let mut bytes = base64::strict(&written)?;
    if bytes.starts_with(&gzip::MAGIC) {
        bytes = gzip::gunzip(&bytes, LONGEST)?.bytes;
    }
    Some(Embedded {
        text: String::from_utf8(bytes).ok()?,
        map: SourceMap::made(inside),
        span: inside,
        name: name.to_owned(),
        placeholders: Placeholders::None,
        edits: Edits::Never,
        folded: None,
    })
}

/// User-data in the multi-line strings of Bicep, in which nothing is an escape.
pub(crate) fn scan_bicep(text: &str, found: &mut Vec<Embedded>) {
    const QUOTES: &str = "'''";
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find(QUOTES)) {
        let mut start = at + open + QUOTES.len();
        // A line break behind the quotes is no part of the string.
        start += text[start..].starts_with("\r\n") as usize;
        start += text[start..].starts_with('\n') as usize;
        let Some(length) = text[start..].find(QUOTES) else { return };
        let body = Body::whole(text, Span::new(start, start + length));
        at = start + length + QUOTES.len();
        if mark::begins(&body.text) {
            found.push(scan::embedded(body, name_before(&text[..at]), Placeholders::None));
        }
    }
}

/// The text of a string.
pub(crate) fn unescaped(text: &str, inside: Span, style: Style) -> (String, SourceMap) {
    let (mut made, mut map) = (String::new(), Builder::default());
    unescape(text, inside, style, &mut made, &mut map);
    (made, map.finish(inside))
}

/// Adds the text of a string to what there is.
pub(crate) fn unescape(text: &str, inside: Span, style: Style, made: &mut String, map: &mut Builder) {
    let mut at = inside.start;
    while let Some(rest) = text.get(at..inside.end).filter(|rest| !rest.is_empty()) {
        let (length, with) = match style {
            Style::Single if rest.starts_with("''") => (2, Some("'".to_owned())),
            Style::Double | Style::Hcl if rest.starts_with('\\') => escape(rest),
            Style::Double | Style::Single if rest.starts_with(['\n', '\r']) => folded(rest),
            _ => (rest.chars().next().map_or(1, char::len_utf8), None),
        };
        let from = Span::new(at, at + length);
        match with {
            Some(with) => {
                map.make(from, with.len());
                made.push_str(&with);
            }
            None => {
                map.copy(from);
                made.push_str(from.slice(text));
            }
        }
        at = from.end;
    }
}

/// How long an escape is, and what it stands for.
fn escape(rest: &str) -> (usize, Option<String>) {
    let Some(next) = rest.chars().nth(1) else { return (1, None) };
    let digits = |count: usize| {
        let number = rest.get(2..2 + count).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        (2 + count, number.and_then(char::from_u32).map(String::from))
    };
    let (length, with) = match next {
        'n' => (2, Some("\n".to_owned())),
        't' => (2, Some("\t".to_owned())),
        'r' => (2, Some("\r".to_owned())),
        '0' => (2, Some("\0".to_owned())),
        'x' => digits(2),
        'u' => digits(4),
        '\n' => {
            let blanks = rest[2..].len() - rest[2..].trim_start_matches([' ', '\t']).len();
            (2 + blanks, Some(String::new()))
        }
        other => (1 + other.len_utf8(), Some(other.to_string())),
    };
    match with {
        Some(with) => (length, Some(with)),
        // It is no escape that anybody knows: it stays.
        None => (1, None),
    }
}

/// A line break in a YAML string: a blank, or as many breaks as there are empty lines.
fn folded(rest: &str) -> (usize, Option<String>) {
    let length = rest.len() - rest.trim_start().len();
    let breaks = rest[..length].matches('\n').count();
    let with = if breaks > 1 { "\n".repeat(breaks - 1) } else { " ".to_owned() };
    (length, Some(with))
}

/// How far it is to the closing quote.
pub(crate) fn closing(rest: &str, style: Style) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match (style, char) {
            (Style::Double | Style::Hcl, '\\') => {
                chars.next();
            }
            (Style::Double | Style::Hcl, '"') => return at,
            (Style::Single, '\'') if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            (Style::Single, '\'') => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The key whose value comes next; empty where there is none.
pub(crate) fn name_before(text: &str) -> &str {
    let before = text.trim_end().trim_end_matches(['"', '\'', '(', '{']).trim_end();
    let before = before.strip_suffix("base64").unwrap_or(before).trim_end();
    let Some(before) = before.strip_suffix([':', '=']) else { return "" };
    let before = before.trim_end().trim_end_matches(['"', '\'']);
    let start =
        before.rfind(|char: char| !(char.is_alphanumeric() || "_-.".contains(char))).map_or(0, |at| at + 1);
    before.get(start..).unwrap_or_default()
}

/// Whether what comes next is an item of a list.
fn is_item(text: &str) -> bool {
    let before = text.trim_end();
    let line = text.rsplit('\n').next().unwrap_or_default();
    before.ends_with(['[', ',']) || line.trim().trim_start_matches("- ") == "-"
}

/// What a line has in base64.
fn tokens(line: &str) -> Vec<Span> {
    const LEAST: usize = 24;
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let (mut tokens, mut start) = (Vec::new(), 0);
    for (at, byte) in line.bytes().chain(std::iter::once(b'\n')).enumerate() {
        if !is_one(byte) {
            if at - start >= LEAST {
                tokens.push(Span::new(start, at));
            }
            start = at + 1;
        }
    }
    tokens
}
