//! What cloud-init takes parts for.

use dryboot_schema::Release;

use crate::header::Header;

/// What cloud-init takes a part for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A cloud-config, merged with the others.
    CloudConfig,
    /// A Jinja template of a cloud-config, a script or a boothook.
    Jinja,
    /// A JSON patch of the config so far.
    JsonPatch,
    /// A script that runs at once, at every boot.
    Boothook,
    /// A script.
    Script,
    /// Python code that handles parts of types of its own.
    PartHandler,
    /// Addresses of more user-data.
    Include,
    /// A list of parts that is not taken apart, since it is in another one.
    Archive,
    /// Nothing that cloud-init handles.
    Unhandled,
    /// Nothing at all.
    Empty,
}

/// Types of parts, and the first release that handles them.
const TYPES: [(&str, Kind, Release); 12] = [
    ("text/cloud-config", Kind::CloudConfig, Release::new(0, 7)),
    ("text/cloud-config-jsonp", Kind::JsonPatch, Release::new(0, 7)),
    ("text/cloud-config-archive", Kind::Archive, Release::new(0, 7)),
    ("text/cloud-boothook", Kind::Boothook, Release::new(0, 7)),
    ("text/part-handler", Kind::PartHandler, Release::new(0, 7)),
    ("text/x-shellscript", Kind::Script, Release::new(0, 7)),
    ("text/x-include-url", Kind::Include, Release::new(0, 7)),
    ("text/x-include-once-url", Kind::Include, Release::new(0, 7)),
    ("text/jinja2", Kind::Jinja, Release::new(18, 4)),
    ("text/x-shellscript-per-boot", Kind::Script, Release::new(22, 1)),
    ("text/x-shellscript-per-instance", Kind::Script, Release::new(22, 1)),
    ("text/x-shellscript-per-once", Kind::Script, Release::new(22, 1)),
];

impl Kind {
    /// What a type stands for.
    #[must_use]
    pub fn of_type(media_type: &str) -> Self {
        TYPES.iter().find(|(name, ..)| *name == media_type).map_or(Self::Unhandled, |(_, kind, _)| *kind)
    }

    /// What a text is by its header.
    pub(super) fn of_header(header: Option<Header>, text: &str) -> Self {
        match header {
            Some(header) => Self::of_type(header.media_type()),
            None if text.is_empty() => Self::Empty,
            None => Self::Unhandled,
        }
    }

    /// The first release that handles a type.
    #[must_use]
    pub fn since(media_type: &str) -> Option<Release> {
        TYPES.iter().find(|(name, ..)| *name == media_type).map(|(.., since)| *since)
    }

    /// The types that are handled, for people.
    pub(crate) fn types() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(name, ..)| *name)
    }

    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CloudConfig => "cloud-config",
            Self::Jinja => "jinja",
            Self::JsonPatch => "cloud-config-jsonp",
            Self::Boothook => "boothook",
            Self::Script => "script",
            Self::PartHandler => "part-handler",
            Self::Include => "include",
            Self::Archive => "cloud-config-archive",
            Self::Unhandled => "unknown",
            Self::Empty => "empty",
        }
    }
}
