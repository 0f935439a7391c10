//! Taking data apart, with all that it includes.

use std::rc::Rc;

use dryboot_cloud_init::parts::{self, Fault, FaultKind, Kind, Part};
use dryboot_text::{SourceMap, Span};
use dryboot_user_data::email::Damage;
use dryboot_yaml::Limits;

use super::{Origin, Piece};
use crate::boot::Boot;
use crate::raised::Raised;

/// Includes may be nested this deep.
const DEPTH: usize = 16;
/// How many addresses are asked in all.
const PAGES: usize = 256;
/// How often an address is asked.
const TRIES: u32 = 11;

/// Takes data apart, and fetches what it includes.
///
/// # Errors
/// An address does not answer, or the data is damaged in a way that the program does not survive.
pub(crate) fn process(boot: &mut Boot, blobs: &[&[u8]], origin: Origin) -> Result<Vec<Piece>, Raised> {
    let mut taker = Taker { boot, origin, pieces: Vec::new(), attached: 0, pages: PAGES };
    for blob in blobs {
        taker.take(blob, None, 0)?;
    }
    Ok(taker.pieces)
}

struct Taker<'t> {
    boot: &'t mut Boot,
    origin: Origin,
    pieces: Vec<Piece>,
    attached: usize,
    pages: usize,
}

impl Taker<'_> {
    /// `included` is the line that asks for the data, if it is not the data itself.
    fn take(&mut self, bytes: &[u8], included: Option<Span>, depth: usize) -> Result<(), Raised> {
        let limits = Limits::default();
        let opened = parts::open(bytes, None, &limits);
        // What cannot be unpacked is taken as it is.
        let plain = parts::Opened::plain(bytes, &limits);
        let opened = if opened.is_broken() { &plain } else { &opened };
        let is_utf8 = std::str::from_utf8(&opened.bytes).is_ok();
        let data = opened.taken_apart(&limits);
        for fault in &data.faults {
            self.fault(&fault.kind)?;
        }
        for mut part in data.parts {
            let span = part.span;
            let is_in = |fault: &&Fault| span.start <= fault.span.start && fault.span.end <= span.end;
            let faults = data.faults.iter().filter(is_in);
            let (mut is_damaged, mut is_escaped) = (false, false);
            for fault in faults {
                match fault.kind {
                    FaultKind::BodyNotUtf8 => is_damaged = true,
                    FaultKind::Body(Damage::Character { is_lost: true, .. }) => is_damaged = true,
                    FaultKind::Body(Damage::Character { .. }) => is_escaped = true,
                    _ => {}
                }
            }
            if is_escaped && !is_damaged {
                part.text = escaped(&part.text).into();
                part.map = SourceMap::made(part.span);
            }
            self.part(part, is_utf8 && !is_damaged, included, depth)?;
        }
        Ok(())
    }

    fn fault(&mut self, kind: &FaultKind) -> Result<(), Raised> {
        match kind {
            FaultKind::GzipOfPart => Err(Raised::runtime_error("a part cannot be decompressed")),
            FaultKind::NotUtf8 => Err(Raised::new("UnicodeDecodeError", "a message is not UTF-8")),
            FaultKind::BadItem(what) => Err(Raised::value_error(*what)),
            FaultKind::Limit(what) => Err(Raised::runtime_error(what.clone())),
            FaultKind::Archive(error) => {
                self.boot.journal.warn(format!("the archive cannot be read: {}", error.message));
                Ok(())
            }
            FaultKind::NotAList => {
                self.boot.journal.warn("the archive is not a list, so nothing in it is used");
                Ok(())
            }
            FaultKind::BodyNotUtf8
            | FaultKind::Gzip
            | FaultKind::Mime(_)
            | FaultKind::Body(_)
            | FaultKind::SkippedItem => Ok(()),
        }
    }

    fn part(
        &mut self,
        part: Part<'_>,
        is_utf8: bool,
        included: Option<Span>,
        depth: usize,
    ) -> Result<(), Raised> {
        if part.kind == Kind::Include {
            return self.include(&part, included, depth);
        }
        self.attached += 1;
        let name = if part.is_named { part.name } else { format!("part-{:03}", self.attached) };
        let map = included.map_or(part.map, SourceMap::made);
        let mut piece = Piece {
            origin: self.origin,
            name,
            kind: part.kind,
            media_type: part.media_type,
            text: part.text.into_owned(),
            is_utf8,
            launch_index: part.launch_index,
            merge_type: part.merge_type,
            map: Rc::new(map),
            read: None,
        };
        self.look_into(&mut piece);
        self.pieces.push(piece);
        Ok(())
    }

    /// The program looks into each cloud-config for the machine that it is for.
    fn look_into(&mut self, piece: &mut Piece) {
        if piece.kind != Kind::CloudConfig {
            return;
        }
        self.boot.journal.because([piece.whole()]);
        let known = if piece.map.is_verbatim() { self.boot.looked.take() } else { None };
        let known =
            known.filter(|looked| looked.is_for(piece.origin, &piece.text)).map(|looked| Ok(looked.read));
        let read = known.unwrap_or_else(|| piece.take_read());
        match read.as_ref().map(|read| &read.value) {
            Ok(value) if value.map().is_some() || value.is_null() => {}
            Ok(value) => {
                self.boot.journal.warn(format!(
                    "`{}` is not a mapping but a {}",
                    piece.name,
                    value.type_name()
                ));
            }
            Err(error) => {
                self.boot.journal.warn_because(format!("`{}` is not valid YAML", piece.name), error);
            }
        }
        piece.read = Some(read);
    }

    fn include(&mut self, part: &Part<'_>, included: Option<Span>, depth: usize) -> Result<(), Raised> {
        let mut at = 0;
        for line in part.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            let mut rest = line;
            for header in ["#include-once", "#include"] {
                if line.get(..header.len()).is_some_and(|head| head.eq_ignore_ascii_case(header)) {
                    rest = line[header.len()..].trim_start();
                    break;
                }
            }
            let url = rest.trim();
            if rest.starts_with('#') || url.is_empty() {
                continue;
            }
            let span = part.map.span(Span::new(start, start + line.len()));
            let span = included.unwrap_or(span);
            self.boot.journal.because([self.origin.cause(span)]);
            let left = self.pages.checked_sub(1).filter(|_| depth < DEPTH);
            self.pages = left.ok_or_else(|| {
                Raised::new("RecursionError", "the addresses lead back to themselves, or are too many")
            })?;
            let page = match local_file(url) {
                Some(path) => self.boot.system.text(path).ok_or_else(|| {
                    Raised::new("UrlError", format!("the file `{path}` that is included is not there"))
                })?,
                None => self.boot.fetch(url, TRIES)?,
            };
            self.take(page.as_bytes(), Some(span), depth + 1)?;
        }
        Ok(())
    }
}

/// The path of a file that is included by its path, or by an address of this form.
fn local_file(url: &str) -> Option<&str> {
    url.strip_prefix("file://").or_else(|| url.starts_with('/').then_some(url))
}

/// What Python makes of characters in a message that does not say how it is encoded: `\u20ac`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match u32::from(char) {
            ..=0x7F => escaped.push(char),
            code @ ..=0xFFFF => escaped.push_str(&format!("\\u{code:04x}")),
            code => escaped.push_str(&format!("\\U{code:08x}")),
        }
    }
    escaped
}
