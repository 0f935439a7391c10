//! Bodies taken out of their encoding.

use std::borrow::Cow;

use dryboot_text::{SourceMap, Span};

use super::Entity;
use crate::base64::{self, Fault};
use crate::quoted_printable::{self, Decoder};

/// A body as the program gets it.
#[derive(Clone, Debug)]
pub struct Body {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The way back to the message.
    pub map: SourceMap,
    /// What went wrong.
    pub damage: Option<Damage>,
}

/// What goes wrong while a body is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The base64 has a fault.
    Base64(Fault),
    /// The message has a character outside of ASCII here, in a body that is not encoded. Python takes messages for
    /// ASCII: up to U+00FF, the character becomes a byte that is not UTF-8; beyond, it becomes `\u` and digits.
    Character {
        /// The first of them.
        first: Span,
        /// Whether one of them becomes a byte that is not UTF-8.
        is_lost: bool,
    },
    /// The encoding is one that Python does not know: the body stays as it is.
    UnknownEncoding,
}

/// Decodes the body of an entity at `span` of `text`. A body with characters outside of ASCII is given as it is meant.
#[must_use]
pub fn decode(text: &str, entity: &Entity, span: Span) -> Body {
    let body = span.slice(text);
    let made = |bytes, damage| Body { bytes, map: SourceMap::made(span), damage };
    match entity.headers.transfer_encoding().as_str() {
        "base64" => {
            let decoded = base64::body(&as_bytes(body));
            made(decoded.bytes, decoded.fault.map(Damage::Base64))
        }
        "quoted-printable" => {
            let (bytes, map) = quoted_printable::decode(body.as_bytes(), Decoder::Python);
            Body { bytes, map: SourceMap::copied(span).then(&map), damage: character(body, span.start) }
        }
        encoding => {
            let damage = character(body, span.start);
            let is_known = matches!(encoding, "" | "7bit" | "8bit" | "binary");
            Body {
                bytes: body.as_bytes().to_vec(),
                map: SourceMap::copied(span),
                damage: damage.or((!is_known).then_some(Damage::UnknownEncoding)),
            }
        }
    }
}

/// The bytes that Python makes of a text that is not ASCII: its `raw-unicode-escape`.
fn as_bytes(body: &str) -> Cow<'_, [u8]> {
    if body.is_ascii() {
        return Cow::Borrowed(body.as_bytes());
    }
    let mut bytes = Vec::with_capacity(body.len());
    for char in body.chars() {
        match (u8::try_from(char), u32::from(char)) {
            (Ok(byte), _) => bytes.push(byte),
            (_, code @ ..=0xFFFF) => bytes.extend(format!("\\u{code:04x}").bytes()),
            (_, code) => bytes.extend(format!("\\U{code:08x}").bytes()),
        }
    }
    Cow::Owned(bytes)
}

/// The first character that does not survive.
fn character(body: &str, start: usize) -> Option<Damage> {
    let at = body.bytes().position(|byte| !byte.is_ascii())?;
    let length = body[at..].chars().next().map_or(1, char::len_utf8);
    let is_lost = body[at..].chars().any(|char| ('\u{80}'..='\u{FF}').contains(&char));
    Some(Damage::Character { first: Span::new(start + at, start + at + length), is_lost })
}
