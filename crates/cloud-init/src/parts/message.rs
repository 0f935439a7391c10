//! The parts of a MIME message.

use std::borrow::Cow;

use dryboot_lint::Editing;
use dryboot_text::{SourceMap, Span, same_length};
use dryboot_user_data::email::{self, Content, Entity};
use dryboot_user_data::gzip;

use super::{FaultKind, Kind, Part, Taker, Unpacked, unpacked};
use crate::header::header;

/// How far into the text the header of a message is looked for.
const WITHIN: usize = 4096;

/// Types that say little: the first line of such a part decides.
const SNIFFED: [&str; 3] = ["text/plain", "text/x-not-multipart", "text/x-shellscript"];

/// Whether cloud-init takes a text for a message.
pub(super) fn is_message(text: &str) -> bool {
    const FIELD: &[u8] = b"mime-version:";
    let head = &text[..text.floor_char_boundary(WITHIN)];
    // Most texts have nothing like it, which is the cheaper question.
    if !["-v", "-V"].iter().any(|middle| head.contains(middle)) {
        return false;
    }
    let ends_with_field = |name: &[u8]| {
        let start = name.len().checked_sub(FIELD.len());
        start.is_some_and(|start| name[start..].eq_ignore_ascii_case(FIELD))
    };
    head.split_inclusive(':').map(str::as_bytes).any(ends_with_field)
}

impl<'a> Taker<'_, 'a> {
    pub(super) fn message(&mut self, text: &'a str, map: &SourceMap, is_utf8: bool) {
        if !is_utf8 {
            self.fault(FaultKind::NotUtf8, map.span(Span::empty(0)));
        }
        let limits = email::Limits::default();
        let message = email::parse(text, &limits);
        for entity in &message.entities {
            for defect in &entity.defects {
                self.fault(FaultKind::Mime(defect.kind), map.span(defect.span));
            }
            if let Content::Text(body) = entity.body
                && !entity.is_multipart()
            {
                self.entity(text, map, entity, body);
            }
        }
        if let Some((limit, span)) = message.exceeded {
            let most = match limit {
                email::Exceeded::Depth => limits.depth,
                email::Exceeded::Entities => limits.entities,
            };
            self.fault(FaultKind::of(limit, most), map.span(span));
        }
    }

    fn entity(&mut self, text: &'a str, map: &SourceMap, entity: &Entity, span: Span) {
        let whole = map.span(span);
        let body = email::decode(text, entity, span);
        if let Some(damage) = body.damage {
            let at = match damage {
                email::Damage::Character { first, .. } => map.span(first),
                _ => map.span(Span::new(span.start, first_line_end(text, span))),
            };
            self.fault(FaultKind::Body(damage), at);
        }
        let declared = entity.content_type();
        let (mut bytes, mut map_of_body) = (body.bytes, map.then(&body.map));
        let is_gzip = gzip::CONTENT_TYPES.contains(&declared.as_str());
        if is_gzip {
            let limits = dryboot_yaml::Limits { decoded: self.left, ..*self.limits };
            bytes = match unpacked(&bytes, &limits) {
                Unpacked::Whole(inflated) => inflated,
                Unpacked::Not => return self.fault(FaultKind::GzipOfPart, whole),
                Unpacked::TooLong => {
                    let most = self.limits.decoded.min(self.limits.bytes) >> 20;
                    let words = format!("the parts have more than {most} MiB after decompression");
                    return self.fault(FaultKind::Limit(words), whole);
                }
            };
            self.left = self.left.saturating_sub(bytes.len());
            map_of_body = SourceMap::made(whole);
        }
        let is_verbatim = map_of_body.is_verbatim();
        let decoded: Cow<'a, str> = match is_verbatim && map.is_verbatim() {
            true => Cow::Borrowed(text.get(span.start..span.end).unwrap_or_default()),
            false => Cow::Owned(same_length(&bytes)),
        };
        let is_sniffed = is_gzip || SNIFFED.contains(&declared.as_str());
        let is_text = is_sniffed || declared.starts_with("text/");
        if is_text && !is_verbatim && std::str::from_utf8(&bytes).is_err() {
            self.fault(FaultKind::BodyNotUtf8, whole);
        }
        let found = header(&decoded).filter(|_| is_sniffed);
        let default = if is_gzip { "text/plain" } else { declared.as_str() };
        let media_type = found.map_or(default, |found| found.media_type()).to_owned();
        let kind = match Kind::of_type(&media_type) {
            // What is taken apart leaves nothing behind when there is nothing in it.
            Kind::Archive | Kind::Include if decoded.is_empty() => return,
            _ if decoded.is_empty() => Kind::Empty,
            kind => kind,
        };
        let part = Part {
            kind,
            declared: Some(declared),
            name: String::new(),
            is_named: entity.headers.file_name().is_some_and(|name| !name.is_empty()),
            launch_index: entity.headers.get("launch-index").map(str::to_owned),
            merge_type: ["merge-type", "x-merge-type"]
                .into_iter()
                .find_map(|name| entity.headers.get(name).filter(|value| !value.is_empty()))
                .map(str::to_owned),
            text: decoded,
            span: whole,
            editing: Editing::of(&map_of_body),
            map: map_of_body,
            media_type,
        };
        match kind {
            Kind::Archive => {
                let map = part.map.clone();
                self.archive(&part.text, &map);
            }
            // What is included takes the place of the part.
            Kind::Include => self.found.parts.push(part),
            _ => {
                let name = self.next_name(entity.headers.file_name());
                self.found.parts.push(Part { name, ..part });
            }
        }
    }
}

/// Where the first line of a body that says something ends.
fn first_line_end(text: &str, span: Span) -> usize {
    span.start + span.slice(text).lines().next().map_or(0, str::len)
}
