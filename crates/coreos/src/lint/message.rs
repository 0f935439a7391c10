//! The parts of a message, each checked where it stands.

use dryboot_lint::part::Place;
use dryboot_lint::{Decoded, Editing, NotChecked, Part as Checked};
use dryboot_text::{Position, Span};

use super::report::{Checked as Findings, LintOptions, check};
use super::{not_checked, validator};
use crate::Document;
use crate::envelope::{Envelope, Format, opened};
use crate::parts::{Fault, FaultKind, Part, parts};
use crate::verdict::Entry;

/// What these rules say, they say of all of the user-data.
const ABOUT_THE_WHOLE: [&str; 4] =
    ["broken-gzip", "missing-network-config", "unread-user-data", "user-data-too-long"];

/// User-data with its parts, if it is a message.
pub(super) struct Message<'d> {
    parts: Vec<Part<'d>>,
    fault: Option<Fault>,
    is_message: bool,
}

/// Takes a message apart; anything else has no parts.
pub(super) fn taken_apart<'d>(document: &'d Document<'_>) -> Message<'d> {
    if document.format != Format::MimeMultipart || !document.target.habits().reads_mime {
        return Message { parts: Vec::new(), fault: None, is_message: false };
    }
    let taken = parts(&document.envelope.bytes);
    Message { parts: taken.parts, fault: taken.fault, is_message: true }
}

impl Message<'_> {
    /// Why the program applies none of the parts.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Why nobody judged the message, if it is one.
    pub(super) fn not_checked(&self) -> Option<Option<NotChecked>> {
        let is_config = |part: &Part<'_>| part.format == Format::CloudConfig;
        self.is_message.then(|| match &self.fault {
            Some(fault) if fault.kind == FaultKind::Limit => Some(not_checked::TOO_LARGE),
            _ if self.parts.iter().any(is_config) => None,
            Some(_) => None,
            None => Some(not_checked::MULTIPART),
        })
    }

    /// Checks each part, and adds what is found to what was found in the whole.
    pub(super) fn check(
        &self,
        whole: &Document<'_>,
        options: &LintOptions,
        found: &mut Findings,
    ) -> Vec<Checked> {
        let of_part = LintOptions {
            target: Some(whole.target),
            ignore: options.ignore.iter().cloned().chain(ABOUT_THE_WHOLE.map(str::to_owned)).collect(),
            ..options.clone()
        };
        let checked = self.parts.iter().enumerate().map(|(index, part)| {
            let envelope = opened((&*part.bytes).into());
            let document = Document::read_as(part.format, &envelope, whole.target, &options.limits);
            let is_config = part.format == Format::CloudConfig;
            let verdict = is_config.then(|| {
                let findings = check(&document, None, (&part.bytes, &of_part));
                let place = Place { index, map: &part.map, editing: Editing::of(&part.map) };
                let placed = |found: Vec<_>| found.into_iter().map(|found| place.diagnostic(found));
                found.diagnostics.extend(placed(findings.diagnostics));
                found.suppressed.extend(placed(findings.suppressed));
                let position = |entry: &Entry| self.position(part, entry.span, whole);
                validator::decision(&findings.verdict, part.format, &position)
            });
            Checked {
                kind: part.format.name(),
                media_type: media_type(part),
                name: part.name.clone(),
                span: part.whole,
                not_checked: not_checked::of(&document),
                verdict,
                is_opaque: part.map.is_opaque(),
                decoded: (!part.map.is_verbatim()).then(|| decoded(envelope)),
            }
        });
        checked.collect()
    }

    fn position(&self, part: &Part<'_>, span: Span, whole: &Document<'_>) -> Position {
        whole.lines.position(part.map.span(span).start, whole.text())
    }
}

fn decoded(envelope: Envelope<'_>) -> Decoded {
    Decoded::new(envelope.text)
}

/// The type that the header gives, or the one that what was sniffed has.
fn media_type(part: &Part<'_>) -> String {
    part.media_type.clone().unwrap_or_else(|| "text/plain".to_owned())
}
