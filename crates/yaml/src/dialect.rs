//! The YAML libraries of the targets, and in what they differ from libyaml and each other.

/// The YAML library that a target reads its config with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `github.com/coreos/yaml`, a go-yaml v1 fork over libyaml 0.1.4's grammar: coreos-cloudinit.
    GoYamlV1,
    /// `gopkg.in/yaml.v3`: Flatcar's fork since 2024-01.
    GoYamlV3,
}

impl Dialect {
    /// Puts a message of libyaml 0.2 into this library's own words, misspellings included.
    #[must_use]
    pub(crate) fn wording(self, message: &str, context: &str) -> String {
        // go-yaml gives one text for every fault that libyaml finds inside a tag.
        let in_tag =
            ["while parsing a tag", "while parsing a %TAG directive", "while scanning a tag directive"];
        if in_tag.iter().any(|words| context.starts_with(words)) {
            return "did not find URI escaped octet".to_owned();
        }
        let words = message.replace("hexadecimal", "hexdecimal");
        match self {
            Self::GoYamlV1 => words
                .replace("indentation", "intendation")
                .replace("that violates", "that violate")
                .replace("found unknown directive", "found uknown directive"),
            Self::GoYamlV3 => words,
        }
    }

    /// go-yaml v1 looks one event past the first document, so bare text after it is an error.
    pub(crate) fn looks_past_the_first_document(self) -> bool {
        self == Self::GoYamlV1
    }

    /// The message for an anchor that is used inside itself.
    #[must_use]
    pub fn loop_words(self, name: &str) -> String {
        let (_, anchor) = self.anchor_words();
        format!("{anchor} '{name}' value contains itself")
    }

    /// The start of the message for an alias or anchor at fault.
    pub(crate) fn anchor_words(self) -> (&'static str, &'static str) {
        match self {
            Self::GoYamlV1 => ("Unknown anchor", "Anchor"),
            Self::GoYamlV3 => ("unknown anchor", "anchor"),
        }
    }
}
