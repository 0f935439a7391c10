//! The parts that the fork takes user-data apart into: one of a plain text, several of a message. coreos-cloudinit
//! itself does not know messages.

use std::borrow::Cow;

use dryboot_text::{SourceMap, Span};
use dryboot_user_data::go_mime::{self, Headers, RawPart};
use dryboot_user_data::gzip;
use dryboot_user_data::quoted_printable::{self, Decoder};
use dryboot_yaml::scalar::decode_base64;

use crate::Target;
use crate::envelope::{Compression, Format, open, opened};
use crate::go_errors::{base64_error, gzip_error};

/// A part of user-data.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The name that the program gives it.
    pub name: String,
    /// What it is treated as.
    pub format: Format,
    /// The type that its header gives; none for what is sniffed.
    pub media_type: Option<String>,
    /// Its bytes, as the program gets them.
    pub bytes: Cow<'a, [u8]>,
    /// The way back from these to the user-data.
    pub map: SourceMap,
    /// Where it stands in the user-data.
    pub whole: Span,
    /// What the program's errors about this part begin with.
    pub error_prefix: String,
}

/// User-data, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Taken<'a> {
    /// The parts before the first fault.
    pub parts: Vec<Part<'a>>,
    /// Why there are no more, and why the program applies none of them.
    pub fault: Option<Fault>,
}

/// What is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The program's message.
    pub words: String,
    /// Where it is seen, in the user-data.
    pub span: Span,
}

/// What may be wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The header of the message or of a part cannot be read, or lacks what must be there.
    Header,
    /// There is no `boundary`.
    NoBoundary,
    /// The text ends before the last boundary.
    NotClosed,
    /// The base64 of a part is wrong.
    Base64,
    /// The gzip of a part is wrong.
    Gzip,
    /// A part that is said to be a script does not begin with `#!`.
    NotAScript,
    /// A limit of ours is reached.
    Limit,
}

/// Messages in messages end at this depth.
const DEPTH: usize = 32;

/// All parts together may be this long after their compression, in bytes.
const LONGEST: usize = 64 << 20;

/// Takes user-data apart.
#[must_use]
pub fn parts(bytes: &[u8]) -> Taken<'_> {
    let mut splitter = Splitter { parts: Vec::new(), left: LONGEST };
    let fault = if bytes.is_empty() {
        None
    } else {
        let prefix = "error parsing user-data: ";
        splitter.sniff(Cow::Borrowed(bytes), &SourceMap::identity(), None, prefix, DEPTH).err()
    };
    Taken { parts: splitter.parts, fault }
}

struct Splitter<'a> {
    parts: Vec<Part<'a>>,
    /// How many bytes may still come out of compression.
    left: usize,
}

impl<'a> Splitter<'a> {
    /// Decides by the text what it is.
    fn sniff(
        &mut self,
        bytes: Cow<'a, [u8]>,
        map: &SourceMap,
        media_type: Option<&str>,
        prefix: &str,
        depth: usize,
    ) -> Result<(), Fault> {
        let format = opened(Cow::Borrowed(&bytes)).format(Target::Flatcar);
        let (name, format, prefix) = match format {
            Format::Script => ("userdata.sh", format, prefix.to_owned()),
            Format::CloudConfig => ("cloud-config.yaml", format, of_config(prefix)),
            Format::MimeMultipart => {
                let prefix = format!("{prefix}error parsing multipart MIME: ");
                return self.message(&bytes, map, &prefix, depth);
            }
            Format::Ignition => ("ignition.json", format, String::new()),
            Format::Empty | Format::Unknown => ("userdata.txt", Format::Unknown, String::new()),
        };
        self.push(name, format, media_type, bytes, map, prefix);
        Ok(())
    }

    #[expect(clippy::ptr_arg, reason = "what is borrowed is cut without a copy")]
    fn message(
        &mut self,
        bytes: &Cow<'a, [u8]>,
        map: &SourceMap,
        prefix: &str,
        depth: usize,
    ) -> Result<(), Fault> {
        let fail = |kind, words: String, span| Fault {
            kind,
            words: format!("{prefix}{words}"),
            span: map.span(span),
        };
        let (headers, body) = go_mime::headers(bytes, 0).map_err(|fault| {
            fail(FaultKind::Header, format!("error parsing multipart MIME: {}", fault.words), fault.span)
        })?;
        let head = first_line(bytes);
        let header = headers
            .read()
            .map_err(|words| fail(FaultKind::Header, format!("error parsing header: {words}"), head))?;
        if header.media_type != "multipart/mixed" {
            let words = format!("expected multipart/mixed, got {}", header.media_type);
            return Err(fail(FaultKind::Header, words, head));
        }
        let Some(boundary) = header.boundary else {
            let words = "no boundary found in Content-Type header".to_owned();
            return Err(fail(FaultKind::NoBoundary, words, head));
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Err(fail(FaultKind::Limit, "too many messages inside each other".to_owned(), head));
        };
        for part in go_mime::parts(bytes, body, &boundary) {
            let part = part.map_err(|fault| {
                let is_at_end = fault.span.start >= bytes.len();
                let kind = if is_at_end { FaultKind::NotClosed } else { FaultKind::Header };
                fail(kind, fault.words, fault.span)
            })?;
            self.part(bytes, map, &part, prefix, depth)?;
        }
        Ok(())
    }

    #[expect(clippy::ptr_arg, reason = "what is borrowed is cut without a copy")]
    fn part(
        &mut self,
        message: &Cow<'a, [u8]>,
        map: &SourceMap,
        part: &RawPart,
        prefix: &str,
        depth: usize,
    ) -> Result<(), Fault> {
        let head = map.span(part.head);
        let fail = |kind, words: String, span| Fault { kind, words: format!("{prefix}{words}"), span };
        let header = part
            .headers
            .read()
            .map_err(|words| fail(FaultKind::Header, format!("error parsing part header: {words}"), head))?;
        let body = cut(message, part.body);
        let made = || SourceMap::made(map.span(part.body));
        let (mut body, mut map_of_body) = match encoding(&part.headers, &header.transfer_encoding) {
            Encoding::QuotedPrintable => {
                let (bytes, decoding) = quoted_printable::decode(&body, Decoder::Go);
                (Cow::Owned(bytes), map.then(&SourceMap::copied(part.body)).then(&decoding))
            }
            Encoding::Base64 => {
                let decoded = std::str::from_utf8(&body).ok().and_then(decode_base64);
                let bytes = decoded.ok_or_else(|| {
                    let words = format!("error decoding base64: {}", base64_error(&body));
                    fail(FaultKind::Base64, words, map.span(part.body))
                })?;
                (Cow::Owned(bytes), made())
            }
            Encoding::None => (body, map.then(&SourceMap::copied(part.body))),
        };
        let media_type = header.media_type.as_str();
        match media_type {
            "text/cloud-config" => {
                let prefix = of_config(prefix);
                self.push(
                    &header.file_name,
                    Format::CloudConfig,
                    Some(media_type),
                    body,
                    &map_of_body,
                    prefix,
                );
            }
            "text/x-shellscript" if !body.starts_with(b"#!") => {
                let words = "error parsing script: payload is not a script".to_owned();
                return Err(fail(FaultKind::NotAScript, words, first_line_of(&map_of_body, &body)));
            }
            "text/x-shellscript" => {
                let prefix = prefix.to_owned();
                self.push(&header.file_name, Format::Script, Some(media_type), body, &map_of_body, prefix);
            }
            _ => {
                if gzip::CONTENT_TYPES.contains(&media_type) {
                    let inflated = inflated(&body, self.left).map_err(|(kind, words)| {
                        fail(kind, format!("error reading gzip: {words}"), map.span(part.body))
                    })?;
                    self.left -= inflated.len();
                    (body, map_of_body) = (Cow::Owned(inflated), made());
                }
                let prefix = format!("{prefix}error parsing part: ");
                self.sniff(body, &map_of_body, Some(media_type), &prefix, depth)?;
            }
        }
        Ok(())
    }

    fn push(
        &mut self,
        name: &str,
        format: Format,
        media_type: Option<&str>,
        bytes: Cow<'a, [u8]>,
        map: &SourceMap,
        error_prefix: String,
    ) {
        self.parts.push(Part {
            name: name.to_owned(),
            format,
            media_type: media_type.map(str::to_owned),
            map: map.clone(),
            whole: map.span(Span::new(0, bytes.len())),
            bytes,
            error_prefix,
        });
    }
}

fn of_config(prefix: &str) -> String {
    format!("{prefix}error parsing cloud-config: ")
}

enum Encoding {
    None,
    Base64,
    QuotedPrintable,
}

fn encoding(headers: &Headers, name: &str) -> Encoding {
    match name {
        _ if headers.is_quoted_printable() => Encoding::QuotedPrintable,
        "base64" => Encoding::Base64,
        _ => Encoding::None,
    }
}

/// A part of bytes, without a copy where they are not owned.
fn cut<'a>(bytes: &Cow<'a, [u8]>, span: Span) -> Cow<'a, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(span.start..span.end).unwrap_or_default()),
        Cow::Owned(bytes) => Cow::Owned(bytes.get(span.start..span.end).unwrap_or_default().to_vec()),
    }
}

fn first_line(bytes: &[u8]) -> Span {
    let length = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    Span::new(0, bytes[..length].trim_ascii_end().len())
}

fn first_line_of(map: &SourceMap, bytes: &[u8]) -> Span {
    map.span(first_line(bytes))
}

fn inflated(bytes: &[u8], limit: usize) -> Result<Vec<u8>, (FaultKind, &'static str)> {
    let envelope = open(bytes, limit);
    match envelope.compression {
        _ if envelope.too_long => Err((FaultKind::Limit, "the parts are too large to preview")),
        Compression::Gzip => Ok(envelope.bytes.into_owned()),
        Compression::Broken => Err((FaultKind::Gzip, "unexpected EOF")),
        Compression::BadHeader | Compression::None => Err((FaultKind::Gzip, gzip_error(bytes))),
    }
}
