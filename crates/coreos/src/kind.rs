//! What a value of the tables is in Go.

use dryboot_schema::{Key, Node, Object, Shape};

use crate::schema::{ETC_HOSTS, SECTIONS, Section};

/// What a value is in Go, as far as decoding and messages tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// A boolean.
    Bool,
    /// A list of strings.
    Texts,
    /// A mapping.
    Section(&'static Object),
    /// A list of mappings.
    Sections(&'static Object),
}

impl Kind {
    /// What a node of the tables is decoded into.
    #[must_use]
    pub fn of(node: &'static Node) -> Self {
        match node.shape {
            Shape::Int(_) => Self::Int,
            Shape::Number(_) => Self::Float,
            Shape::Bool => Self::Bool,
            Shape::Map(object) => Self::Section(object),
            Shape::List(list) => match list.items.shape {
                Shape::Map(object) => Self::Sections(object),
                _ => Self::Texts,
            },
            // Strings, some of them restricted; the tables have nothing else.
            _ => Self::Text,
        }
    }

    /// The kind of a list's elements.
    #[must_use]
    pub fn element(self) -> Option<Self> {
        match self {
            Self::Texts => Some(Self::Text),
            Self::Sections(object) => Some(Self::Section(object)),
            _ => None,
        }
    }

    /// The name in the targets' messages.
    #[must_use]
    pub fn human(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Int => "int",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Texts => "[]string",
            Self::Section(_) => "struct",
            Self::Sections(_) => "[]struct",
        }
    }

    /// The name for people who do not know Go.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Int => "a whole number",
            Self::Float => "a number",
            Self::Bool => "true or false",
            Self::Texts => "a list of strings",
            Self::Section(_) => "a mapping",
            Self::Sections(_) => "a list of mappings",
        }
    }

    /// The name of its type, which appears in yaml.v3's messages.
    pub(crate) fn go_type(self, key: &Key) -> String {
        match self {
            Self::Text if key.name == ETC_HOSTS.key => ETC_HOSTS.go_type.to_owned(),
            Self::Section(object) => section_of(object).go_type.to_owned(),
            Self::Sections(object) => format!("[]{}", section_of(object).go_type),
            kind => kind.human().to_owned(),
        }
    }
}

/// Place and type of a mapping of the tables.
pub(crate) fn section_of(object: &Object) -> &'static Section {
    SECTIONS.iter().find(|section| section.object == object).unwrap_or(&SECTIONS[0])
}
