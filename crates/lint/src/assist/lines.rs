//! What a single line is: indentation, dashes, keys and strings.

use super::cursor::Entry;

/// The entries of a mapping that follow below a line.
pub(super) fn entries_below(text: &str, line_end: usize, column: usize) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for (start, line) in lines_below(text, line_end) {
        let indent = indentation(line);
        let rest = &line[indent..];
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        if indent < column || line.starts_with("---") {
            break;
        }
        let (at, end) = (start + indent, start + line.len());
        if indent == column
            && !is_dash(rest)
            && let Some((key, colon)) = key_at(text, at, end)
        {
            let value = text[colon + 1..end].trim();
            let is_plain =
                !value.is_empty() && !value.starts_with(['|', '>', '{', '[', '&', '!', '*', '#', '"', '\'']);
            entries.push(Entry { key: unquoted(key), value: is_plain.then_some(value) });
        }
    }
    entries
}

/// The lines below the one that ends at `end`, with their offsets.
pub(super) fn lines_below(text: &str, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let first = text[end..].find('\n').map_or(text.len(), |length| end + length + 1);
    let mut start = first;
    text[first..].split_inclusive('\n').map(move |whole| {
        let at = start;
        start += whole.len();
        (at, whole.trim_end_matches(['\n', '\r']))
    })
}

/// Where the line begins that an offset is in.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// The line that begins at `start`, without its end.
pub(super) fn line_at(text: &str, start: usize) -> &str {
    let line = text[start..].split('\n').next().unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}

/// How many spaces a line begins with.
pub(super) fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Whether the text begins with the dash of an item.
pub(super) fn is_dash(rest: &str) -> bool {
    rest == "-" || rest.starts_with("- ")
}

/// The key that begins at `at` as it is written, and the offset of its colon.
pub(super) fn key_at(text: &str, at: usize, end: usize) -> Option<(&str, usize)> {
    let rest = &text[at..end];
    let first = rest.bytes().next()?;
    if let b'"' | b'\'' = first {
        let after = end_of_string(text, at + 1, end, first)?;
        let colon = after + indentation(&text[after..end]);
        let is_key = ends_key(&text[colon..end]);
        return is_key.then_some((&text[at..after], colon));
    }
    if b"{[|>#*%@`?".contains(&first) {
        return None;
    }
    let comment = rest.find(" #").unwrap_or(rest.len());
    let colons = rest[..comment].match_indices(':').map(|(colon, _)| colon);
    let colon = colons.into_iter().find(|colon| ends_key(&rest[*colon..]))?;
    let key = rest[..colon].trim_end();
    (!key.is_empty()).then_some((key, at + colon))
}

/// Whether a colon here ends a key.
fn ends_key(rest: &str) -> bool {
    rest.strip_prefix(':').is_some_and(|value| value.is_empty() || value.starts_with([' ', '\t']))
}

/// A key without its quotation marks.
pub(super) fn unquoted(key: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| key.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(key)
}

/// The offset after the end of a string whose content begins at `at`; none if it goes on over the line.
pub(super) fn end_of_string(text: &str, at: usize, end: usize, quote: u8) -> Option<usize> {
    let bytes = &text.as_bytes()[at..end];
    let mut index = 0;
    while index < bytes.len() {
        match bytes[index] {
            b'\\' if quote == b'"' => index += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(index + 1) == Some(&quote) => index += 2,
            byte if byte == quote => return Some(at + index + 1),
            _ => index += 1,
        }
    }
    None
}
