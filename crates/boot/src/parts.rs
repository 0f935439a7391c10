//! The parts that the fork takes user-data apart into: one of a plain text, several of a message.

use dryboot_coreos::envelope::{Compression, Format, open, opened};
use dryboot_coreos::{Target, envelope::Envelope};
use dryboot_machine::Source;
use dryboot_yaml::Span;

use crate::addresses::Address;
use crate::go_errors::gzip_error;
use crate::mime;
use crate::source::SourceMap;
use crate::substitution::substitute;

/// A part of user-data.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) format: Format,
    /// The text after substitution, for what is going to be applied; else as it came.
    pub(crate) envelope: Envelope<'static>,
    /// The way back from this text.
    pub(crate) map: SourceMap,
    /// Where the part is in the written text.
    pub(crate) whole: Span,
    /// Substitution changed something.
    pub(crate) is_changed: bool,
    /// What errors about this part begin with.
    pub(crate) error_prefix: String,
}

/// Messages in messages end at this depth.
const DEPTH: usize = 32;

/// All parts together may be this long after their compression, in bytes.
const LONGEST: usize = 64 << 20;

const GZIP_TYPES: [&str; 8] = [
    "application/gzip",
    "application/gzip-compressed",
    "application/gzipped",
    "application/x-compress",
    "application/x-compressed",
    "application/x-gunzip",
    "application/x-gzip",
    "application/x-gzip-compressed",
];

/// Takes user-data apart. A fault is the last element: what precedes it may have one of its own.
pub(crate) fn parts(bytes: &[u8], source: Source, addresses: &[Address]) -> Vec<Result<Part, String>> {
    let mut splitter = Splitter { addresses, parts: Vec::new(), left: LONGEST };
    if !bytes.is_empty() {
        let prefix = "error parsing user-data: ";
        if let Err(words) = splitter.sniff(bytes, &SourceMap::of(source), prefix, DEPTH) {
            splitter.parts.push(Err(words));
        }
    }
    splitter.parts
}

struct Splitter<'a> {
    addresses: &'a [Address],
    parts: Vec<Result<Part, String>>,
    /// How many bytes may still come out of compression.
    left: usize,
}

impl Splitter<'_> {
    /// Decides by the text what it is.
    fn sniff(&mut self, bytes: &[u8], map: &SourceMap, prefix: &str, depth: usize) -> Result<(), String> {
        let format = opened(bytes.into()).format(Target::Flatcar);
        match format {
            Format::Script => self.script("userdata.sh", bytes, map, prefix)?,
            Format::CloudConfig => self.cloud_config("cloud-config.yaml", bytes, map, prefix),
            Format::MimeMultipart => {
                let prefix = format!("{prefix}error parsing multipart MIME: ");
                self.message(bytes, map, &prefix, depth)?;
            }
            Format::Ignition => self.ignored("ignition.json", format, bytes, map),
            Format::Empty | Format::Unknown => self.ignored("userdata.txt", Format::Unknown, bytes, map),
        }
        Ok(())
    }

    fn message(&mut self, bytes: &[u8], map: &SourceMap, prefix: &str, depth: usize) -> Result<(), String> {
        let fail = |words: String| format!("{prefix}{words}");
        let (headers, body) = mime::headers(bytes, 0)
            .map_err(|words| fail(format!("error parsing multipart MIME: {words}")))?;
        let header = headers.read().map_err(|words| fail(format!("error parsing header: {words}")))?;
        if header.media_type != "multipart/mixed" {
            return Err(fail(format!("expected multipart/mixed, got {}", header.media_type)));
        }
        let missing = || fail("no boundary found in Content-Type header".to_owned());
        let boundary = header.boundary.ok_or_else(missing)?;
        let Some(depth) = depth.checked_sub(1) else {
            return Err(fail("too many messages inside each other".to_owned()));
        };
        for part in mime::parts(bytes, body, &boundary) {
            self.part(bytes, map, part.map_err(fail)?, prefix, depth)?;
        }
        Ok(())
    }

    fn part(
        &mut self,
        message: &[u8],
        map: &SourceMap,
        part: mime::RawPart,
        prefix: &str,
        depth: usize,
    ) -> Result<(), String> {
        let fail = |words: String| format!("{prefix}{words}");
        let header =
            part.headers.read().map_err(|words| fail(format!("error parsing part header: {words}")))?;
        let mut body = message.get(std::ops::Range::from(part.body)).unwrap_or_default().to_vec();
        let mut map_of_body = map.part(part.body);
        let decoded = map.decoded(map.whole(part.body));
        if part.headers.is_quoted_printable() {
            body = mime::from_quoted_printable(&body);
            map_of_body = decoded.clone();
        } else if header.transfer_encoding == "base64" {
            body = mime::from_base64(&body).map_err(fail)?;
            map_of_body = decoded.clone();
        }
        match header.media_type.as_str() {
            "text/cloud-config" => self.cloud_config(&header.file_name, &body, &map_of_body, prefix),
            "text/x-shellscript" => self.script(&header.file_name, &body, &map_of_body, prefix)?,
            media_type => {
                if GZIP_TYPES.contains(&media_type) {
                    body = inflated(&body, self.left)
                        .map_err(|words| fail(format!("error reading gzip: {words}")))?;
                    self.left -= body.len();
                    map_of_body = decoded;
                }
                self.sniff(&body, &map_of_body, &format!("{prefix}error parsing part: "), depth)?;
            }
        }
        Ok(())
    }

    fn script(&mut self, name: &str, bytes: &[u8], map: &SourceMap, prefix: &str) -> Result<(), String> {
        let part = self.substituted(name, Format::Script, bytes, map, prefix);
        if !part.envelope.bytes.starts_with(b"#!") {
            return Err(format!("{prefix}error parsing script: payload is not a script"));
        }
        self.parts.push(Ok(part));
        Ok(())
    }

    fn cloud_config(&mut self, name: &str, bytes: &[u8], map: &SourceMap, prefix: &str) {
        let prefix = format!("{prefix}error parsing cloud-config: ");
        let part = self.substituted(name, Format::CloudConfig, bytes, map, &prefix);
        self.parts.push(Ok(part));
    }

    fn substituted(&self, name: &str, format: Format, bytes: &[u8], map: &SourceMap, prefix: &str) -> Part {
        let substituted = substitute(bytes, self.addresses);
        Part {
            name: name.to_owned(),
            format,
            whole: map.whole(Span::new(0, bytes.len())),
            is_changed: substituted.bytes != bytes,
            envelope: opened(substituted.bytes.into()),
            map: map.clone().edited(substituted.edits),
            error_prefix: prefix.to_owned(),
        }
    }

    fn ignored(&mut self, name: &str, format: Format, bytes: &[u8], map: &SourceMap) {
        self.parts.push(Ok(Part {
            name: name.to_owned(),
            format,
            envelope: opened(bytes.to_vec().into()),
            map: map.clone(),
            whole: map.whole(Span::new(0, bytes.len())),
            is_changed: false,
            error_prefix: String::new(),
        }));
    }
}

fn inflated(bytes: &[u8], limit: usize) -> Result<Vec<u8>, &'static str> {
    let envelope = open(bytes, limit);
    match envelope.compression {
        _ if envelope.too_long => Err("the parts are too long to be previewed"),
        Compression::Gzip => Ok(envelope.bytes.into_owned()),
        Compression::Broken => Err("unexpected EOF"),
        Compression::BadHeader | Compression::None => Err(gzip_error(bytes)),
    }
}
