//! The parts of user-data for the fork, with the addresses filled in.

use dryboot_coreos::envelope::{Envelope, Format, opened};
use dryboot_coreos::parts as coreos;
use dryboot_machine::Source;
use dryboot_yaml::Span;

use super::addresses::Address;
use super::source_map::SourceMap;
use super::substitution::substitute;

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

/// Takes user-data apart, up to the first fault, which is told in the program's words.
pub(crate) fn parts(bytes: &[u8], source: Source, addresses: &[Address]) -> (Vec<Part>, Option<String>) {
    let taken = coreos::parts(bytes);
    let parts = taken.parts.into_iter().map(|part| substituted(part, source, addresses));
    (parts.collect(), taken.fault.map(|fault| fault.words))
}

/// Only what is applied has its addresses filled in.
fn substituted(part: coreos::Part<'_>, source: Source, addresses: &[Address]) -> Part {
    let map = SourceMap::through(source, part.map);
    let (envelope, map, is_changed) = match part.format {
        Format::Script | Format::CloudConfig => {
            let substituted = substitute(&part.bytes, addresses);
            let is_changed = substituted.bytes != *part.bytes;
            (opened(substituted.bytes.into()), map.edited(substituted.edits), is_changed)
        }
        _ => (opened(part.bytes.into_owned().into()), map, false),
    };
    let coreos::Part { name, format, whole, error_prefix, .. } = part;
    Part { name, format, envelope, map, whole, is_changed, error_prefix }
}
