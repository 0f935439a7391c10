//! User-data that a list of strings is joined to: `Fn::Join` of CloudFormation, and lists of lines.

use dryboot_text::{Builder, Span};

use crate::body::{is_within, lines};
use crate::quoted::{Style, closing, name_before, unescape, unescaped};
use crate::{Edits, Embedded, Placeholders, mark};

/// What stands for a piece that is not known.
const PIECE: &str = "xxxxxxxx";

/// A piece of a list.
enum Piece {
    /// A string, without its quotes.
    String(Span, Style),
    /// Something that becomes a string: `{"Ref": "Name"}`.
    Other(Span),
}

/// Finds lists that begin with the header.
pub(crate) fn scan(text: &str, blocks: &[Span], found: &mut Vec<Embedded>) {
    for (at, _) in text.match_indices('[') {
        let first = at + 1 + leading(&text[at + 1..]);
        let is_header = text[first..].starts_with(['"', '\'']) && mark::is_header(&text[first + 1..]);
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if !is_header || line.trim_start().starts_with('#') || is_within(blocks, at) {
            continue;
        }
        let (pieces, end) = flow_items(text, first);
        let delimiter = delimiter_before(&text[..at]);
        found.extend(joined(text, &pieces, delimiter, Span::new(first, end)));
    }
    let mut behind = 0;
    for (span, line) in lines(text) {
        let dash = line.trim_start_matches([' ', '-']);
        let column = line.len() - dash.len();
        let is_item = line[..column].trim_end().ends_with('-') && dash.starts_with(['"', '\'']);
        if !is_item || span.start < behind || is_within(blocks, span.start) || !mark::is_header(&dash[1..]) {
            continue;
        }
        let (pieces, end) = block_items(text, span.start, column);
        behind = end;
        let delimiter = text[..span.start].trim_end().rsplit('\n').next().and_then(|before| {
            // The delimiter is the item before the list.
            let before = before.trim_start().strip_prefix("- ").filter(|_| pieces.len() > 1)?;
            string_value(before.trim())
        });
        // The list may begin on the line of the delimiter's sibling: `- - "#cloud-config"`.
        if line[..column].matches('-').count() < 2 && delimiter.is_none() && pieces.len() < 2 {
            continue;
        }
        found.extend(joined(text, &pieces, delimiter, Span::new(span.start + column, end)));
    }
}

fn joined(text: &str, pieces: &[Piece], delimiter: Option<String>, span: Span) -> Option<Embedded> {
    let (mut made, mut map, mut places) = (String::new(), Builder::default(), Vec::new());
    let first = pieces.first().and_then(|piece| match piece {
        Piece::String(inside, style) => Some(unescaped(text, *inside, *style).0),
        Piece::Other(_) => None,
    })?;
    // Lists of lines, as other tools have them, need no delimiter of their own.
    let delimiter = delimiter.unwrap_or_else(|| if first.contains('\n') { "" } else { "\n" }.to_owned());
    let mut is_known = true;
    for (index, piece) in pieces.iter().enumerate() {
        let place = match piece {
            Piece::String(place, _) | Piece::Other(place) => *place,
        };
        if index > 0 {
            map.make(Span::empty(place.start), delimiter.len());
            made.push_str(&delimiter);
        }
        match piece {
            Piece::String(inside, style) => {
                unescape(text, *inside, *style, &mut made, &mut map);
            }
            Piece::Other(place) => {
                is_known = false;
                places.push(Span::new(made.len(), made.len() + PIECE.len()));
                map.make(*place, PIECE.len());
                made.push_str(PIECE);
            }
        }
    }
    let placeholders = if is_known { Placeholders::None } else { Placeholders::At(places) };
    let name = name_before(&text[..span.start]).to_owned();
    let is_one = mark::begins(&made) && made.trim().contains('\n');
    is_one.then(|| Embedded {
        text: made,
        map: map.finish(span),
        span,
        name,
        placeholders,
        edits: Edits::Never,
        folded: None,
    })
}

/// The items of `[…]`, from the first one on, and where they end.
fn flow_items(text: &str, first: usize) -> (Vec<Piece>, usize) {
    let (mut pieces, mut at) = (Vec::new(), first);
    loop {
        at += leading(&text[at..]);
        match text.as_bytes().get(at) {
            None | Some(b']') => return (pieces, at),
            Some(b',') => at += 1,
            Some(b'"' | b'\'') => {
                let (inside, style) = string_at(text, at);
                pieces.push(Piece::String(inside, style));
                at = (inside.end + 1).min(text.len());
            }
            Some(_) => {
                let length = item_length(&text[at..]);
                pieces.push(Piece::Other(Span::new(at, at + length)));
                at += length.max(1);
            }
        }
    }
}

fn string_at(text: &str, at: usize) -> (Span, Style) {
    let style = if text.as_bytes().get(at) == Some(&b'"') { Style::Double } else { Style::Single };
    let rest = &text[at + 1..];
    (Span::new(at + 1, at + 1 + closing(rest, style)), style)
}

/// How long an item is that is no string, with what is in its brackets.
fn item_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = rest.as_bytes().get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            b',' | b'\n' if depth == 0 => return rest[..at].trim_end().len(),
            b'"' | b'\'' => at = string_at(rest, at).0.end,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

/// Items of a list in lines, all at one column, and where they end.
fn block_items(text: &str, from: usize, column: usize) -> (Vec<Piece>, usize) {
    let (mut pieces, mut end) = (Vec::new(), from);
    for (span, line) in lines(&text[from..]) {
        let span = Span::new(from + span.start, from + span.end);
        let written = line.trim_end();
        if written.trim().is_empty() {
            continue;
        }
        let at_column = line.get(column..).unwrap_or_default();
        let is_first = pieces.is_empty();
        let before = line.get(..column).unwrap_or_default();
        let is_item = is_first || (before.trim() == "-" && before.trim_start().len() <= 2);
        if is_item && at_column.starts_with(['"', '\'']) {
            let (inside, style) = string_at(text, span.start + column);
            pieces.push(Piece::String(inside, style));
        } else if is_item {
            pieces.push(Piece::Other(Span::new(span.start + column, span.start + written.len())));
        } else if line.len() - line.trim_start().len() < column {
            break;
        }
        end = span.start + written.len();
    }
    (pieces, end)
}

/// The delimiter of `Fn::Join`: the string before the list.
fn delimiter_before(text: &str) -> Option<String> {
    let before = text.trim_end().strip_suffix(',')?.trim_end();
    let quote = before.chars().last().filter(|quote| ['"', '\''].contains(quote))?;
    let open = before[..before.len() - 1].rfind(quote)?;
    string_value(&before[open..])
}

/// What a quoted string has.
fn string_value(written: &str) -> Option<String> {
    let quote = written.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let inside =
        Span::new(1, written.len().checked_sub(1).filter(|end| *end >= 1 && written.ends_with(quote))?);
    let style = if quote == '"' { Style::Double } else { Style::Single };
    Some(unescaped(written, inside, style).0)
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
