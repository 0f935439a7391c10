//! What may stand in a config: one declarative table per section, for checking, decoding, hover,
//! completion and documentation alike.

mod cloud_config;
mod etcd;
mod pattern;
mod services;

pub use cloud_config::{
    CLOUD_CONFIG, COREOS, DROP_IN, ENCODINGS, FILE, OEM, UNIT, UNIT_COMMANDS, UPDATE, USER,
};
pub use etcd::{ETCD, ETCD2};
pub use pattern::Pattern;
pub use services::{FLANNEL, FLEET, LOCKSMITH};

use crate::Target;

/// A mapping with a fixed set of keys.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// Where it stands, list elements as `[]`; empty for the top level.
    pub path: &'static str,
    /// The name of the target's type, which appears in its messages.
    pub go_type: &'static str,
    /// The keys, in the order of the target's declaration.
    pub keys: &'static [Key],
}

impl Section {
    /// The key of this name, and its index in [`Section::keys`].
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(usize, &'static Key)> {
        self.keys.iter().enumerate().find(|(_, key)| key.name == name)
    }
}

/// One key of a section.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// The name with underscores.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// What a value other than the zero value has to look like.
    pub pattern: Option<Pattern>,
    /// The environment variable that the value goes to.
    pub env: Option<&'static str>,
    /// The target's words when it calls the key deprecated.
    pub deprecated: Option<&'static str>,
    /// One line of documentation, with code in backticks.
    pub doc: &'static str,
    /// The targets that know the key.
    pub targets: &'static [Target],
    go_type: Option<&'static str>,
}

/// What a value is.
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
    Section(&'static Section),
    /// A list of mappings.
    Sections(&'static Section),
}

impl Kind {
    /// The kind of a list's elements.
    #[must_use]
    pub fn element(self) -> Option<Self> {
        match self {
            Self::Texts => Some(Self::Text),
            Self::Sections(section) => Some(Self::Section(section)),
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
}

impl Key {
    /// The name of the target's type, which appears in its messages.
    #[must_use]
    pub fn go_type(&self) -> String {
        match (self.go_type, self.kind) {
            (Some(name), _) => name.to_owned(),
            (None, Kind::Section(section)) => section.go_type.to_owned(),
            (None, Kind::Sections(section)) => format!("[]{}", section.go_type),
            (None, kind) => kind.human().to_owned(),
        }
    }

    const fn env(self, name: &'static str) -> Self {
        Self { env: Some(name), ..self }
    }

    const fn pattern(self, pattern: Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    const fn deprecated(self, words: &'static str) -> Self {
        Self { deprecated: Some(words), ..self }
    }

    const fn go_type_named(self, name: &'static str) -> Self {
        Self { go_type: Some(name), ..self }
    }
}

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, pattern: None, env: None, deprecated: None, doc, targets: &Target::ALL, go_type: None }
}

/// Every section of a cloud-config, parents before children.
pub static SECTIONS: [&Section; 13] = [
    &CLOUD_CONFIG,
    &FILE,
    &USER,
    &COREOS,
    &UNIT,
    &DROP_IN,
    &UPDATE,
    &OEM,
    &ETCD,
    &ETCD2,
    &FLEET,
    &FLANNEL,
    &LOCKSMITH,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_documented_in_one_sentence_and_unique_in_its_section() {
        for section in SECTIONS {
            for (index, key) in section.keys.iter().enumerate() {
                assert!(key.doc.ends_with('.') && !key.doc.contains('\n'), "{}.{}", section.path, key.name);
                assert_eq!(section.find(key.name).map(|found| found.0), Some(index));
            }
        }
    }
}
