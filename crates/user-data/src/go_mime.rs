//! Messages of several parts as Go's `net/textproto` and `mime/multipart` read them. Errors are in the words of these
//! packages.

use dryboot_text::Span;

/// Header fields in the order of the text; names are compared without case.
#[derive(Clone, Debug)]
pub struct Headers(Vec<(String, String)>);

/// A value with parameters, such as `multipart/mixed; boundary=x`.
struct Parameterised {
    value: String,
    parameters: Vec<(String, String)>,
}

/// What is read of the header of a message or a part.
#[derive(Clone, Debug)]
pub struct Header {
    /// The type in lower case, without its parameters.
    pub media_type: String,
    /// What the lines between the parts begin with, behind two dashes.
    pub boundary: Option<String>,
    /// How the body is encoded, as written.
    pub transfer_encoding: String,
    /// The name of the part; empty when it has none.
    pub file_name: String,
}

/// A part as it stands in the message.
#[derive(Clone, Debug)]
pub struct RawPart {
    /// Its header fields.
    pub headers: Headers,
    /// Where they stand, with the empty line behind them.
    pub head: Span,
    /// Where what follows them stands, without the line break before the next boundary.
    pub body: Span,
}

/// What is wrong with a message, in the words of Go's packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The words.
    pub words: String,
    /// Where.
    pub span: Span,
}

/// Reads header fields up to the empty line; gives the offset after it.
///
/// # Errors
/// When a line is not a header field, or the empty line never comes.
pub fn headers(bytes: &[u8], from: usize) -> Result<(Headers, usize), Fault> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = from;
    for line in bytes.get(from..).unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let content = line.trim_ascii_end();
        let span = Span::new(start, start + content.len());
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Ok((Headers(fields), at));
        }
        match (text.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (true, None) => {
                return Err(Fault { words: format!("malformed MIME header initial line: {text}"), span });
            }
            (false, _) => {
                let malformed = || Fault { words: format!("malformed MIME header line: {text}"), span };
                let (name, value) = text.split_once(':').ok_or_else(malformed)?;
                fields.push((name.to_owned(), value.trim().to_owned()));
            }
        }
    }
    Err(Fault { words: "EOF".to_owned(), span: Span::empty(bytes.len()) })
}

impl Headers {
    fn get(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        field.map_or("", |(_, value)| value)
    }

    /// Whether the body has to be taken out of quoted-printable first; Go does that by itself.
    #[must_use]
    pub fn is_quoted_printable(&self) -> bool {
        self.get("Content-Transfer-Encoding").eq_ignore_ascii_case("quoted-printable")
    }

    /// What a reader of multipart messages wants to know.
    ///
    /// # Errors
    /// When there is no content type, or a value cannot be read.
    pub fn read(&self) -> Result<Header, String> {
        let content_type = self.get("Content-Type");
        if content_type.is_empty() {
            return Err("no Content-Type header found".to_owned());
        }
        let parse = |text| parameterised(text).map_err(|words| format!("error parsing header: {words}"));
        let content_type = parse(content_type)?;
        let disposition = match self.get("Content-Disposition") {
            "" => None,
            text => Some(parse(text)?),
        };
        let file_name = disposition.as_ref().and_then(|disposition| disposition.get("filename"));
        Ok(Header {
            boundary: content_type.get("boundary").map(str::to_owned),
            transfer_encoding: self.get("Content-Transfer-Encoding").to_owned(),
            file_name: file_name.unwrap_or_default().to_owned(),
            media_type: content_type.value,
        })
    }
}

impl Parameterised {
    fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(parameter, _)| parameter == name).map(|(_, value)| value.as_str())
    }
}

fn parameterised(text: &str) -> Result<Parameterised, String> {
    let (value, mut rest) = text.split_once(';').unwrap_or((text, ""));
    let value = value.trim().to_ascii_lowercase();
    if value.is_empty() {
        return Err("mime: no media type".to_owned());
    }
    let invalid = || "mime: invalid media parameter".to_owned();
    let mut parameters: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return Ok(Parameterised { value, parameters });
        }
        let (name, after) = rest.split_once('=').ok_or_else(invalid)?;
        let name = name.trim().to_ascii_lowercase();
        let (parameter, after) = parameter_value(after.trim_start()).ok_or_else(invalid)?;
        if parameters.iter().any(|(known, _)| *known == name) {
            return Err("mime: duplicate parameter name".to_owned());
        }
        parameters.push((name, parameter));
        rest = after.trim_start();
        if !rest.is_empty() && !rest.starts_with(';') {
            return Err(invalid());
        }
    }
}

fn parameter_value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ' ', '\t']).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return (!token.is_empty()).then(|| (token.to_owned(), rest));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(chars.next()?.1),
            char => value.push(char),
        }
    }
    None
}

/// The parts between the boundaries, from byte `from` on. A fault is the last element.
#[must_use]
pub fn parts(bytes: &[u8], from: usize, boundary: &str) -> Vec<Result<RawPart, Fault>> {
    let mut found = Vec::new();
    let mut open: Option<(Headers, Span)> = None;
    let mut breaks_with_cr = false;
    let mut at = from;
    while at < bytes.len() {
        let end =
            bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length + 1);
        let line = &bytes[at..end];
        let Some(is_last) = boundary_line(line, boundary) else {
            at = end;
            continue;
        };
        if found.is_empty() && open.is_none() {
            breaks_with_cr = line.ends_with(b"\r\n");
        }
        if let Some((headers, head)) = open.take() {
            let line_break = if breaks_with_cr { 2 } else { 1 };
            let body = Span::new(head.end, at.saturating_sub(line_break).max(head.end));
            found.push(Ok(RawPart { headers, head, body }));
        }
        if is_last {
            return found;
        }
        match headers(bytes, end) {
            Ok((headers, start)) => {
                open = Some((headers, Span::new(end, start)));
                at = start;
            }
            Err(Fault { words, span }) => {
                found.push(Err(Fault { words: format!("error reading part: {words}"), span }));
                return found;
            }
        }
    }
    let words = if open.is_some() { "unexpected EOF" } else { "multipart: NextPart: EOF" };
    let span = Span::empty(bytes.len());
    found.push(Err(Fault { words: format!("error reading part: {words}"), span }));
    found
}

/// Whether a line is a boundary, and if so, whether it is the last one.
fn boundary_line(line: &[u8], boundary: &str) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    let (rest, is_last) = rest.strip_prefix(b"--").map_or((rest, false), |rest| (rest, true));
    rest.iter().all(|byte| b" \t\r\n".contains(byte)).then_some(is_last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(message: &str) -> Vec<Result<String, String>> {
        let (headers, body) = headers(message.as_bytes(), 0).expect("headers");
        let boundary = headers.read().expect("a content type").boundary.expect("a boundary");
        let parts = parts(message.as_bytes(), body, &boundary);
        parts
            .into_iter()
            .map(|part| part.map(|part| part.body.slice(message).to_owned()).map_err(|fault| fault.words))
            .collect()
    }

    #[test]
    fn parts_end_before_the_line_break_of_their_boundary() {
        let message = "Content-Type: multipart/mixed;\n boundary=\"a b\"\n\npreamble\n--a b\nX: y\n\none\n\n--a b \n\n\
                       two\r\n--a b--\nepilogue\n";
        assert_eq!(bodies(message), [Ok("one\n".to_owned()), Ok("two\r".to_owned())]);
        let message = message.replace("\r\n", "\n").replace('\n', "\r\n");
        assert_eq!(bodies(&message), [Ok("one\r\n".to_owned()), Ok("two".to_owned())]);
    }

    #[test]
    fn a_message_that_breaks_off_is_at_fault() {
        let message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n";
        assert_eq!(bodies(message), [Err("error reading part: unexpected EOF".to_owned())]);
        let message = "Content-Type: multipart/mixed; boundary=b\n\nnothing\n";
        assert_eq!(bodies(message), [Err("error reading part: multipart: NextPart: EOF".to_owned())]);
    }

    #[test]
    fn parameters_may_be_quoted() {
        let header = parameterised("Text/Plain; a=b ; C=\"d\\\"; e\";").expect("parameters");
        assert_eq!(header.value, "text/plain");
        assert_eq!(header.get("a"), Some("b"));
        assert_eq!(header.get("c"), Some("d\"; e"));
        assert!(parameterised("text/plain; a").is_err());
    }
}
