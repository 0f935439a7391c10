//! The parts of a text that cannot be read where they stand, such as those in base64.

use dryboot_core::{Part, Report};
use serde::Serialize;

use crate::places::Places;

/// What such a part says.
#[derive(Serialize)]
pub(crate) struct DecodedPart<'a> {
    /// Which of the report's parts it is, from 0.
    index: usize,
    text: &'a str,
    /// Whether it is base64 in the whole, as opposed to a string with escapes, say.
    is_base64: bool,
    places: Vec<Place>,
}

/// Where a finding is in that text.
#[derive(Serialize)]
struct Place {
    /// Which of the report's findings it is, from 0.
    problem: usize,
    from: u32,
    to: u32,
}

/// All of them in a report, in their order.
pub(crate) fn parts(report: &Report) -> Vec<DecodedPart<'_>> {
    let opaque = report.parts.iter().enumerate().filter(|(_, part)| part.is_opaque);
    opaque.filter_map(|(index, part)| decoded(report, index, part)).collect()
}

fn decoded<'a>(report: &'a Report, index: usize, part: &'a Part) -> Option<DecodedPart<'a>> {
    let text = part.decoded.as_ref().map(|decoded| decoded.text.as_str()).filter(|text| !text.is_empty())?;
    let places = Places::new(text);
    let found = report.diagnostics.iter().enumerate().filter_map(|(problem, finding)| {
        let inside = finding.part.as_ref().filter(|inside| inside.index == index)?;
        let (from, to) = places.range(inside.span);
        Some(Place { problem, from, to })
    });
    let is_base64 = is_base64(part.span.slice(&report.text));
    Some(DecodedPart { index, text, is_base64, places: found.collect() })
}

/// Whether there is nothing but the letters of base64. What is written in another way has quotes, spaces or escapes.
fn is_base64(written: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(&byte);
    written.bytes().all(is_letter)
}
