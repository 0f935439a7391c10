//! What effects are due to.

use dryboot_text::Span;
use serde::Serialize;

/// Whose config is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The user's text.
    #[default]
    User,
    /// The config of the image, which its distributor has baked in.
    Oem,
}

impl Source {
    /// What bytes of this text cause.
    #[must_use]
    pub fn cause(self, span: Span) -> Cause {
        match self {
            Self::User => Cause::Text(span),
            Self::Oem => Cause::Oem(span),
        }
    }
}

/// What an effect is due to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Bytes of the user's text, as it is after decompression and before substitution.
    Text(Span),
    /// Bytes of the config of the image, in the same way.
    Oem(Span),
    /// Bytes of the vendor-data, in the same way.
    Vendor(Span),
    /// A field of the metadata.
    Metadata(&'static str),
    /// A variable in the environment of the program.
    Environment(&'static str),
    /// The program does this for a key whether or not the key is written.
    Generated(&'static str),
}

impl Serialize for Cause {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Text(span) | Self::Oem(span) | Self::Vendor(span) => {
                let from = match self {
                    Self::Oem(_) => "oem",
                    Self::Vendor(_) => "vendor",
                    _ => "text",
                };
                map.serialize_entry("from", from)?;
                map.serialize_entry("start", &span.start)?;
                map.serialize_entry("end", &span.end)?;
            }
            Self::Metadata(field) => {
                map.serialize_entry("from", "metadata")?;
                map.serialize_entry("field", field)?;
            }
            Self::Environment(variable) => {
                map.serialize_entry("from", "environment")?;
                map.serialize_entry("variable", variable)?;
            }
            Self::Generated(key) => {
                map.serialize_entry("from", "generated")?;
                map.serialize_entry("key", key)?;
            }
        }
        map.end()
    }
}
