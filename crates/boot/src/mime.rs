//! Messages of several parts, which the fork alone reads.

use dryboot_yaml::Span;
use dryboot_yaml::scalar::decode_base64;

use crate::go_errors::base64_error;

/// Header fields in the order of the text; names are compared without case.
pub(crate) struct Headers(Vec<(String, String)>);

/// A value with parameters, such as `multipart/mixed; boundary=x`.
struct Parameterised {
    value: String,
    parameters: Vec<(String, String)>,
}

/// What is read of the header of a message or a part.
pub(crate) struct Header {
    pub(crate) media_type: String,
    pub(crate) boundary: Option<String>,
    pub(crate) transfer_encoding: String,
    pub(crate) file_name: String,
}

/// A part as it stands in the message.
pub(crate) struct RawPart {
    pub(crate) headers: Headers,
    pub(crate) body: Span,
}

/// Reads header fields up to the empty line; gives the offset behind it.
pub(crate) fn headers(bytes: &[u8], from: usize) -> Result<(Headers, usize), String> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = from;
    for line in bytes.get(from..).unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
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
            (true, None) => return Err(format!("malformed MIME header initial line: {text}")),
            (false, _) => {
                let malformed = || format!("malformed MIME header line: {text}");
                let (name, value) = text.split_once(':').ok_or_else(malformed)?;
                fields.push((name.to_owned(), value.trim().to_owned()));
            }
        }
    }
    Err("EOF".to_owned())
}

impl Headers {
    fn get(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        field.map_or("", |(_, value)| value)
    }

    /// Whether the body has to be taken out of quoted-printable first; Go does that by itself.
    pub(crate) fn is_quoted_printable(&self) -> bool {
        self.get("Content-Transfer-Encoding").eq_ignore_ascii_case("quoted-printable")
    }

    /// What the fork reads of a header.
    pub(crate) fn read(&self) -> Result<Header, String> {
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
pub(crate) fn parts(bytes: &[u8], from: usize, boundary: &str) -> Vec<Result<RawPart, String>> {
    let mut found = Vec::new();
    let mut open: Option<(Headers, usize)> = None;
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
        if let Some((headers, start)) = open.take() {
            let line_break = if breaks_with_cr { 2 } else { 1 };
            let body = Span::new(start, at.saturating_sub(line_break).max(start));
            found.push(Ok(RawPart { headers, body }));
        }
        if is_last {
            return found;
        }
        match headers(bytes, end) {
            Ok((headers, start)) => {
                open = Some((headers, start));
                at = start;
            }
            Err(words) => {
                found.push(Err(format!("error reading part: {words}")));
                return found;
            }
        }
    }
    let words = if open.is_some() { "unexpected EOF" } else { "multipart: NextPart: EOF" };
    found.push(Err(format!("error reading part: {words}")));
    found
}

/// Whether a line is a boundary, and if so, whether it is the last one.
fn boundary_line(line: &[u8], boundary: &str) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    let (rest, is_last) = rest.strip_prefix(b"--").map_or((rest, false), |rest| (rest, true));
    rest.iter().all(|byte| b" \t\r\n".contains(byte)).then_some(is_last)
}

/// Takes a body out of base64.
pub(crate) fn from_base64(body: &[u8]) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(body).ok();
    text.and_then(decode_base64).ok_or_else(|| format!("error decoding base64: {}", base64_error(body)))
}

/// Takes a body out of quoted-printable; what does not follow its rules stays as it is.
pub(crate) fn from_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            decoded.push(byte);
            continue;
        }
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            decoded.push(byte);
            rest = &after[2..];
        } else if let Some(next) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = next;
        } else {
            decoded.push(byte);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(message: &str) -> Vec<Result<String, String>> {
        let (headers, body) = headers(message.as_bytes(), 0).expect("headers");
        let boundary = headers.read().expect("a content type").boundary.expect("a boundary");
        let parts = parts(message.as_bytes(), body, &boundary);
        parts.into_iter().map(|part| part.map(|part| part.body.slice(message).to_owned())).collect()
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

    #[test]
    fn quoted_printable_is_decoded() {
        assert_eq!(from_quoted_printable(b"a=3Db=\r\nc=\nd=zz"), b"a=bcd=zz");
    }
}
