//! The files of `write_files` as the target decodes them.

use crate::content::{DecodeError, FileContent};
use crate::typed::{Decoded, Field};
use crate::{Document, go_path};
use dryboot_yaml::{Entry, NodeId, Span};

use crate::lint::context::Context;
use crate::lint::parts::{entries, first_line, key_text};
use crate::lint::places::Step;
use crate::lint::written;

/// One file.
#[derive(Clone, Copy)]
pub(crate) struct File<'d> {
    document: &'d Document<'d>,
    decoded: &'d Decoded,
    /// The mapping that describes it.
    pub(crate) node: NodeId,
    /// The beginning of the list element.
    pub(crate) start: Span,
}

/// The files that the target would write, in this order.
pub(crate) fn files<'d>(context: &Context<'d>) -> Vec<File<'d>> {
    let document = context.document;
    let places = context.places;
    let all = document.model.config.sections("write_files").filter_map(|(element, decoded)| {
        let node = element.node?;
        let start = match places.of_node(node).map(|place| &place.step) {
            Some(Step::Item { start, .. }) => Span::new(*start, start + 1),
            _ => first_line(document, node),
        };
        Some(File { document, decoded, node, start })
    });
    all.collect()
}

impl<'d> File<'d> {
    /// The field of a key.
    pub(crate) fn field(&self, key: &str) -> Option<&'d Field> {
        self.decoded.get(key)
    }

    /// The node of a value.
    pub(crate) fn value(&self, key: &str) -> Option<NodeId> {
        self.field(key)?.node
    }

    /// A string value, empty when it is not set.
    pub(crate) fn text(&self, key: &str) -> &'d str {
        self.decoded.text(key)
    }

    /// The content as it is written, still encoded.
    pub(crate) fn raw_content(&self) -> &'d [u8] {
        self.decoded.bytes("content")
    }

    /// The content of the file.
    pub(crate) fn content(&self) -> Result<FileContent<'d>, DecodeError> {
        self.content_as(self.text("encoding"))
    }

    /// The content as it would be with another encoding.
    ///
    /// # Errors
    /// As [`content`](Self::content).
    pub(crate) fn content_as(&self, encoding: &str) -> Result<FileContent<'d>, DecodeError> {
        self.document.contents.decode(self.value("content"), self.raw_content(), encoding)
    }

    /// Where the file comes to lie; `/` without a path.
    pub(crate) fn target(&self) -> String {
        go_path::rooted(self.text("path")).into_owned()
    }

    /// Where to point for a key's value; the beginning of the element when it is not there.
    pub(crate) fn span_of(&self, key: &str) -> Span {
        let field = self.field(key);
        let decoded = field.and_then(|field| written::span_of(self.document, field));
        let written = || self.entry(key).map(|entry| self.document.tree().node(entry.key).span);
        decoded.or_else(written).unwrap_or(self.start)
    }

    /// A key as it is written, even if the target makes nothing of it.
    pub(crate) fn entry(&self, key: &str) -> Option<Entry> {
        let entries = entries(self.document, Some(self.node));
        entries.iter().copied().find(|entry| key_text(self.document, entry.key) == Some(key))
    }

    /// The mode that the target makes of `permissions`, with the bits that it drops; none when it
    /// cannot read it.
    pub(crate) fn mode(&self) -> Option<i32> {
        match self.text("permissions") {
            "" => Some(0o644),
            text => parse_mode(text),
        }
    }

    /// Whether others than the owner may read the file.
    pub(crate) fn is_readable_by_all(&self) -> bool {
        self.mode().is_some_and(|mode| mode & 0o044 != 0)
    }
}

/// `strconv.ParseInt(text, 8, 32)`.
pub(crate) fn parse_mode(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let octal = !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    octal.then(|| i32::from_str_radix(text, 8).ok())?
}

/// Modes that people give files, by the decimal number that means the same: what a program prints
/// that does not know about octal.
pub(crate) fn mode_in_decimal(text: &str) -> Option<u32> {
    const MODES: [u32; 17] = [
        0o400, 0o440, 0o444, 0o500, 0o550, 0o555, 0o600, 0o640, 0o644, 0o660, 0o664, 0o666, 0o700, 0o750,
        0o755, 0o775, 0o777,
    ];
    if text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimal: u32 = text.parse().ok()?;
    MODES.into_iter().find(|&mode| mode == decimal)
}

#[cfg(test)]
mod tests {
    use super::{mode_in_decimal, parse_mode};

    #[test]
    fn modes_are_read_as_go_reads_them() {
        for (text, mode) in [("0644", 0o644), ("64", 0o64), ("+644", 0o644), ("-1", -1), ("4755", 0o4755)] {
            assert_eq!(parse_mode(text), Some(mode), "{text}");
        }
        for text in ["0o644", "888", "rw-r--r--", "", "+", "6_44", " 644", "77777777777"] {
            assert_eq!(parse_mode(text), None, "{text}");
        }
    }

    #[test]
    fn decimal_modes_are_recognised() {
        assert_eq!(mode_in_decimal("420"), Some(0o644));
        assert_eq!(mode_in_decimal("493"), Some(0o755));
        assert_eq!(mode_in_decimal("0420"), None);
        assert_eq!(mode_in_decimal("644"), None);
    }
}
