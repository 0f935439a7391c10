//! Header fields, and the parameters in their values.

use dryboot_text::Span;

use super::lines::{Lines, line_break};

/// A header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name as written.
    pub name: String,
    /// The value: what follows the colon, with all lines that continue it.
    pub value: String,
    /// Where the first line of the field is.
    pub span: Span,
}

/// Header fields in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<Field>);

impl Headers {
    /// Reads the lines of a head. What is not a field is left out.
    pub(super) fn read(text: &str, head: Span) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        let mut lines = Lines::new(&text[..head.end]);
        lines.go_back(head.start);
        // Whether a line that begins with a space belongs to a field.
        let mut is_open = false;
        while let Some(span) = lines.peek() {
            lines.pass(span);
            let line = span.slice(text);
            if line.starts_with([' ', '\t']) {
                if let Some(field) = fields.last_mut().filter(|_| is_open) {
                    field.value.push_str(line);
                }
                continue;
            }
            let field = line.split_once(':').filter(|(name, _)| !name.is_empty());
            is_open = field.is_some() && !line.starts_with("From ");
            if let Some((name, value)) = field.filter(|_| is_open) {
                fields.push(Field {
                    name: name.to_owned(),
                    value: value.trim_start_matches([' ', '\t']).to_owned(),
                    span: Span::new(span.start, span.end - line_break(line)),
                });
            }
        }
        for field in &mut fields {
            field.value.truncate(field.value.trim_end_matches(['\r', '\n']).len());
        }
        Self(fields)
    }

    /// The first field of a name; its case does not matter.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// Its value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.field(name).map(|field| field.value.as_str())
    }

    /// The content type in lower case, without its parameters; `text/plain` where there is none, or none that can be
    /// read.
    #[must_use]
    pub fn content_type(&self) -> String {
        const DEFAULT: &str = "text/plain";
        let value = self.get("content-type").unwrap_or(DEFAULT);
        let value = value.split(';').next().unwrap_or_default().trim().to_lowercase();
        if value.matches('/').count() == 1 { value } else { DEFAULT.to_owned() }
    }

    /// What separates the parts.
    #[must_use]
    pub fn boundary(&self) -> Option<String> {
        self.parameter("content-type", "boundary").map(|boundary| boundary.trim_end().to_owned())
    }

    /// The name of a part: `filename` of its disposition, or else `name` of its type.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let name = self.parameter("content-disposition", "filename");
        let name = name.or_else(|| self.parameter("content-type", "name"));
        name.map(|name| name.trim().to_owned())
    }

    /// How the body is encoded, in lower case.
    #[must_use]
    pub fn transfer_encoding(&self) -> String {
        self.get("content-transfer-encoding").unwrap_or_default().to_lowercase()
    }

    /// A parameter of a field. RFC 2231 has it in pieces, `name*0=…; name*1=…`, or with its characters encoded,
    /// `name*=utf-8''…`.
    #[must_use]
    pub fn parameter(&self, field: &str, name: &str) -> Option<String> {
        let all = parameters(self.get(field)?);
        if let Some((_, value)) = all.iter().find(|(found, _)| found == name) {
            return Some(unquoted(value));
        }
        let mut pieces: Vec<(usize, String, bool)> = Vec::new();
        // The first is the value of the field.
        for (found, value) in all.iter().skip(1) {
            let Some(rest) = found.strip_prefix(name).and_then(|rest| rest.strip_prefix('*')) else {
                continue;
            };
            let (number, is_encoded) =
                rest.strip_suffix('*').map_or((rest, rest.is_empty()), |number| (number, true));
            let Ok(number) = (if number.is_empty() { Ok(0) } else { number.parse() }) else { continue };
            pieces.push((number, unquoted(value), is_encoded));
        }
        pieces.sort_by_key(|(number, ..)| *number);
        let is_extended = pieces.iter().any(|(_, _, is_encoded)| *is_encoded);
        if pieces.is_empty() {
            return None;
        }
        let decoded = |(_, text, is_encoded): &(usize, String, bool)| match is_encoded {
            true => percent_decoded(text),
            false => text.clone(),
        };
        let whole: String = pieces.iter().map(decoded).collect();
        let mut quotes = whole.splitn(3, '\'');
        Some(match (quotes.next(), quotes.next(), quotes.next()) {
            _ if !is_extended => whole,
            (Some(charset), Some(_), Some(value)) => in_charset(value, charset),
            _ => in_charset(&whole, "us-ascii"),
        })
    }
}

/// The parameters of a value, names in lower case; the first is the value itself. A semicolon between quotes does not
/// end one.
fn parameters(value: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut start = 0;
    let (mut quotes, mut is_escaped) = (0, false);
    let bytes = value.as_bytes();
    for at in 0..=bytes.len() {
        match bytes.get(at) {
            Some(b'"') if !is_escaped => quotes += 1,
            None => {}
            Some(b';') if quotes % 2 == 0 => {}
            Some(byte) => {
                is_escaped = *byte == b'\\';
                continue;
            }
        }
        if bytes.get(at) == Some(&b'"') {
            is_escaped = false;
            continue;
        }
        let piece = &value[start..at];
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        found.push((name.trim().to_lowercase(), value.trim().to_owned()));
        (start, quotes, is_escaped) = (at + 1, 0, false);
    }
    found
}

/// Takes quotes or angle brackets off.
fn unquoted(text: &str) -> String {
    let inner = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    match (inner('"', '"'), inner('<', '>')) {
        (Some(quoted), _) => quoted.replace("\\\\", "\\").replace("\\\"", "\""),
        (_, Some(bracketed)) => bracketed.to_owned(),
        _ => text.to_owned(),
    }
}

/// Reads a text whose characters stand for bytes. Of the character sets that Python knows there are two; in one that it
/// does not know, the text stays as it is.
fn in_charset(text: &str, charset: &str) -> String {
    // As Python normalises it: whatever stands between letters and digits is one separator.
    let words = charset.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_").to_ascii_lowercase();
    let bytes = raw_bytes(text);
    match name.as_str() {
        "utf_8" | "utf8" | "utf" | "u8" => String::from_utf8_lossy(&bytes).into_owned(),
        "us_ascii" | "ascii" | "646" => {
            let char = |byte: u8| if byte.is_ascii() { byte.into() } else { char::REPLACEMENT_CHARACTER };
            bytes.into_iter().map(char).collect()
        }
        _ => unquoted(text),
    }
}

/// The bytes that characters up to U+00FF stand for; others become escapes, as with Python's `raw-unicode-escape`.
fn raw_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for char in text.chars() {
        match (u8::try_from(char), u32::from(char)) {
            (Ok(byte), _) => bytes.push(byte),
            (_, code @ ..=0xFFFF) => bytes.extend(format!("\\u{code:04x}").into_bytes()),
            (_, code) => bytes.extend(format!("\\U{code:08x}").into_bytes()),
        }
    }
    bytes
}

/// Each `%` with two digits becomes the character of that byte.
fn percent_decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = behind.get(..2).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match byte.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte.into());
                rest = &behind[2..];
            }
            None => {
                decoded.push('%');
                rest = behind;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Headers {
        Headers::read(text, Span::new(0, text.len()))
    }

    #[test]
    fn fields_may_go_on_in_further_lines() {
        let text = " lost\nContent-Type: multipart/mixed;\r\n boundary=\"a b\"\r\n: lost\nX:y\n";
        let found = headers(text);
        assert_eq!(found.0.len(), 2);
        assert_eq!(found.content_type(), "multipart/mixed");
        assert_eq!(found.boundary().as_deref(), Some("a b"));
        assert_eq!(found.get("x"), Some("y"));
        assert_eq!(found.0[0].span.slice(text), "Content-Type: multipart/mixed;");
    }

    #[test]
    fn a_type_that_is_none_is_plain_text() {
        for (value, kind) in
            [("a", "text/plain"), ("a/b/c", "text/plain"), (" Text/X ;a", "text/x"), ("", "text/plain")]
        {
            assert_eq!(headers(&format!("Content-Type:{value}\n")).content_type(), kind, "{value}");
        }
        assert_eq!(headers("").content_type(), "text/plain");
    }

    #[test]
    fn parameters_may_be_quoted_encoded_and_cut() {
        let name = |rest: &str| headers(&format!("Content-Disposition: attachment; {rest}\n")).file_name();
        for (rest, expected) in [
            ("filename=a.sh", "a.sh"),
            ("FileName = \"a;b \\\"c\\\".sh\" ; x", "a;b \"c\".sh"),
            ("filename*=utf-8''a%20%C3%A4.sh", "a ä.sh"),
            ("filename*1=b.sh; filename*0=\"a \"", "a b.sh"),
            ("filename*0*=utf-8''a%20; filename*1=b", "a b"),
            ("filename=<a>", "a"),
        ] {
            assert_eq!(name(rest).as_deref(), Some(expected), "{rest}");
        }
        assert_eq!(name("x=y"), None);
        assert_eq!(headers("Content-Type: text/x; name=n\n").file_name().as_deref(), Some("n"));
    }
}
