//! The parts that cloud-init takes user-data apart into: one of a plain text, several of a MIME message or an archive.
//!
//! Source: cloud-init 26.2, `user_data.py` and `handlers/__init__.py`.

mod archive;
mod kind;
mod message;

use std::borrow::Cow;

use dryboot_lint::{Compression, Editing};
use dryboot_text::{SourceMap, Span, same_length};
use dryboot_user_data::email::{Damage, DefectKind, Exceeded};
use dryboot_user_data::{base64, gzip};
use dryboot_yaml::{Limits, SyntaxError};

use crate::header::Header;

pub use kind::Kind;

/// Platforms whose datasources take base64 off user-data that is base64 throughout.
pub const DECODES_BASE64: [&str; 2] = ["ec2", "hetzner"];

/// User-data after what is around all of it.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    /// The gzip around it.
    pub compression: Compression,
    /// The bytes inside, with base64 as it is; none where they cannot be unpacked.
    pub bytes: Cow<'a, [u8]>,
    /// The bytes as text of the same length.
    pub text: String,
    /// More comes out of the compression than the limit allows.
    pub is_too_long: bool,
    /// What base64 around all of it holds.
    decoded: Option<Decoded>,
}

/// What base64 holds.
#[derive(Clone, Debug)]
struct Decoded {
    text: String,
    is_too_long: bool,
}

/// User-data, taken apart.
#[derive(Clone, Debug, Default)]
pub struct UserData<'a> {
    /// What it is made of.
    pub shape: Shape,
    /// The parts, in the order in which cloud-init meets them.
    pub parts: Vec<Part<'a>>,
    /// What is wrong with what carries them.
    pub faults: Vec<Fault>,
}

/// What carries the parts of user-data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: it is one text.
    #[default]
    Text,
    /// A MIME message.
    Message,
    /// A `#cloud-config-archive`.
    Archive,
    /// Base64 around one text.
    Base64,
}

/// A part of user-data.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// What cloud-init takes it for.
    pub kind: Kind,
    /// Its type: the one that is declared, or the one that its first line tells.
    pub media_type: String,
    /// The type that is declared for it; none for a text without headers.
    pub declared: Option<String>,
    /// The name that cloud-init gives it.
    pub name: String,
    /// Whether it has that name from a header of its own, as opposed to its number.
    pub is_named: bool,
    /// For which of several machines that are launched together it is, in a header of its own.
    pub launch_index: Option<String>,
    /// How it asks to be merged, in a header of its own.
    pub merge_type: Option<String>,
    /// Its text, after decoding; bytes that are not UTF-8 are `?`.
    pub text: Cow<'a, str>,
    /// The way back from its text.
    pub map: SourceMap,
    /// Where it stands, without its headers.
    pub span: Span,
    /// What an edit of its text is in the whole, where its map says where that is.
    pub editing: Editing,
}

/// Something that is wrong with what carries the parts.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where, in the text of the user-data.
    pub span: Span,
}

/// What may be wrong with what carries the parts.
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// The gzip around the user-data cannot be unpacked: cloud-init takes the bytes as they are.
    Gzip,
    /// The gzip of a part cannot be unpacked: cloud-init gives up on all user-data.
    GzipOfPart,
    /// A limit of ours.
    Limit(String),
    /// A message whose bytes are not UTF-8: cloud-init gives up on all user-data.
    NotUtf8,
    /// A defect of the message.
    Mime(DefectKind),
    /// The body of a part is damaged.
    Body(Damage),
    /// A part that is text is not UTF-8 after decoding.
    BodyNotUtf8,
    /// PyYAML does not read the archive.
    Archive(SyntaxError),
    /// The archive is not a list.
    NotAList,
    /// An item of an archive is neither a string nor a mapping: cloud-init skips it.
    SkippedItem,
    /// An item of an archive at which cloud-init fails, and what is wrong with it.
    BadItem(&'static str),
}

impl FaultKind {
    fn of(limit: Exceeded, most: usize) -> Self {
        Self::Limit(match limit {
            Exceeded::Depth => format!("messages are nested more than {most} levels deep"),
            Exceeded::Entities => format!("the message has more than {most} parts"),
        })
    }
}

/// Takes gzip off user-data, and base64 where `platform` does.
#[must_use]
pub fn open<'a>(bytes: &'a [u8], platform: Option<&str>, limits: &Limits) -> Opened<'a> {
    let as_it_is = Opened::plain(bytes, limits);
    if as_it_is.is_too_long {
        return as_it_is;
    }
    let decoded = platform.filter(|name| DECODES_BASE64.contains(name)).and_then(|_| base64::strict(bytes));
    if let Some(decoded) = decoded.filter(|decoded| !decoded.is_empty()) {
        let (text, is_too_long) = match unpacked(&decoded, limits) {
            Unpacked::Whole(bytes) => (same_length(&bytes), false),
            Unpacked::TooLong => (String::new(), true),
            Unpacked::Not => (same_length(&decoded), false),
        };
        return Opened { decoded: Some(Decoded { text, is_too_long }), ..as_it_is };
    }
    if !bytes.starts_with(&gzip::MAGIC) {
        return as_it_is;
    }
    match unpacked(bytes, limits) {
        Unpacked::Whole(bytes) => Opened::of(Cow::Owned(bytes), Compression::Gzip),
        Unpacked::TooLong => {
            Opened { is_too_long: true, ..Opened::of(Cow::Borrowed(&[]), Compression::Gzip) }
        }
        Unpacked::Not => Opened::of(Cow::Borrowed(&[]), Compression::Broken),
    }
}

enum Unpacked {
    Whole(Vec<u8>),
    TooLong,
    /// It is not gzip, or gzip that Python does not read.
    Not,
}

fn unpacked(bytes: &[u8], limits: &Limits) -> Unpacked {
    let limit = limits.bytes.min(limits.decoded);
    match gzip::gunzip(bytes, limit) {
        Some(inflated) if inflated.bytes.len() > limit => Unpacked::TooLong,
        Some(inflated) if inflated.whole || inflated.padded => Unpacked::Whole(inflated.bytes),
        _ => Unpacked::Not,
    }
}

impl<'a> Opened<'a> {
    fn of(bytes: Cow<'a, [u8]>, compression: Compression) -> Self {
        let text = same_length(&bytes);
        Self { compression, bytes, text, is_too_long: false, decoded: None }
    }

    /// Bytes that are taken as they are.
    #[must_use]
    pub fn plain(bytes: &'a [u8], limits: &Limits) -> Self {
        match bytes.len() > limits.bytes {
            true => Self { is_too_long: true, ..Self::of(Cow::Borrowed(&[]), Compression::None) },
            false => Self::of(Cow::Borrowed(bytes), Compression::None),
        }
    }
}

impl Opened<'_> {
    /// Whether there is gzip around it that cannot be unpacked.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.compression == Compression::Broken
    }

    /// Takes the user-data apart.
    #[must_use]
    pub fn taken_apart(&self, limits: &Limits) -> UserData<'_> {
        let limit = || {
            let kind = FaultKind::Limit(format!("the file is larger than {} MiB", limits.bytes >> 20));
            Fault { kind, span: Span::empty(0) }
        };
        if self.is_too_long || self.compression == Compression::Broken {
            let gzip = || Fault { kind: FaultKind::Gzip, span: Span::empty(0) };
            let fault = if self.is_too_long { limit() } else { gzip() };
            return UserData { faults: vec![fault], ..UserData::default() };
        }
        let (text, map) = match &self.decoded {
            Some(decoded) if decoded.is_too_long => {
                return UserData { shape: Shape::Base64, faults: vec![limit()], ..UserData::default() };
            }
            Some(decoded) => (&decoded.text, SourceMap::made(Span::new(0, self.text.len()))),
            None => (&self.text, SourceMap::identity()),
        };
        let mut user_data = UserData::default();
        let mut taker = Taker { found: &mut user_data, limits, attached: 0, left: limits.decoded };
        if message::is_message(text) {
            let is_utf8 = self.decoded.is_some() || std::str::from_utf8(&self.bytes).is_ok();
            taker.found.shape = Shape::Message;
            taker.message(text, &map, is_utf8);
        } else {
            taker.text(text, &map);
            if self.decoded.is_some() && taker.found.shape == Shape::Text {
                taker.found.shape = Shape::Base64;
            }
        }
        user_data
    }
}

/// User-data that is being taken apart.
struct Taker<'t, 'a> {
    found: &'t mut UserData<'a>,
    limits: &'t Limits,
    /// How many parts have been attached; they are named by their number.
    attached: usize,
    /// How many bytes may still come out of encodings.
    left: usize,
}

impl<'a> Taker<'_, 'a> {
    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.found.faults.push(Fault { kind, span });
    }

    /// The name of the next part that is attached.
    fn next_name(&mut self, own: Option<String>) -> String {
        self.attached += 1;
        let number = self.attached;
        own.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("part-{number:03}"))
    }

    /// A text without headers.
    fn text(&mut self, text: &'a str, map: &SourceMap) {
        let header = crate::header::header(text);
        let part = Part {
            kind: Kind::of_header(header, text),
            media_type: header.map_or("text/x-not-multipart", Header::media_type).to_owned(),
            declared: None,
            name: String::new(),
            is_named: false,
            launch_index: None,
            merge_type: None,
            text: Cow::Borrowed(text),
            span: map.span(Span::new(0, text.len())),
            map: map.clone(),
            editing: Editing::of(map),
        };
        if header == Some(Header::Archive) {
            self.found.shape = Shape::Archive;
            self.archive(&part.text, map);
            return;
        }
        let name = self.next_name(None);
        self.found.parts.push(Part { name, ..part });
    }
}
