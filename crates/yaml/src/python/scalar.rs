//! What a scalar is to PyYAML.

use super::repr::repr;
use super::tag::{self, Tag};
use super::{binary, number, timestamp};
use crate::Style;
use crate::scalar::Scalar;

/// Why a scalar has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// PyYAML refuses it, in these words.
    Error(String),
    /// PyYAML breaks down on it: the kind of Python's exception, and its text.
    Crash(String),
}

impl Refusal {
    pub(super) fn crash(kind: &str, text: &str) -> Self {
        Self::Crash(format!("{kind}: {text}"))
    }

    /// PyYAML's or Python's message.
    #[must_use]
    pub fn into_message(self) -> String {
        match self {
            Self::Error(message) | Self::Crash(message) => message,
        }
    }
}

/// The value of a scalar with this style and tag.
///
/// # Errors
/// PyYAML's refusal or Python's exception, when the text does not fit its tag or the tag is unknown. A key that is a
/// plain `=` or `<<` means something else: [`super::load`] knows.
pub fn construct(text: &str, style: Style, tag: Option<&str>) -> Result<Scalar, Refusal> {
    match tag::of_scalar(text, style, tag) {
        // As a key it merges; elsewhere there is nothing that PyYAML makes of it.
        Tag::Merge => Ok(Scalar::Merge),
        tag => of_tag(text, tag).unwrap_or_else(|| Err(unknown(tag))),
    }
}

/// The value of a scalar with this tag; none when it is not a tag for scalars.
pub(super) fn of_tag(text: &str, tag: Tag<'_>) -> Option<Result<Scalar, Refusal>> {
    Some(match tag {
        Tag::Str => Ok(Scalar::Text),
        Tag::Null => Ok(Scalar::Null),
        Tag::Bool => boolean(text),
        Tag::Int => number::int(text),
        Tag::Float => number::float(text),
        Tag::Timestamp => timestamp::construct(text),
        Tag::Binary => binary::construct(text).map(Scalar::Binary),
        _ => return None,
    })
}

/// The refusal of a tag that nothing is known about.
pub(super) fn unknown(tag: Tag<'_>) -> Refusal {
    Refusal::Error(format!("could not determine a constructor for the tag {}", repr(tag.name())))
}

fn boolean(text: &str) -> Result<Scalar, Refusal> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "yes" | "true" | "on" => Ok(Scalar::Bool(true)),
        "no" | "false" | "off" => Ok(Scalar::Bool(false)),
        _ => Err(Refusal::crash("KeyError", &repr(&lower))),
    }
}
