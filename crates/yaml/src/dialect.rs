//! The YAML libraries of the targets, and in what they differ from libyaml and each other.

/// The YAML library that a target reads its config with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `github.com/coreos/yaml`, a go-yaml v1 fork over libyaml 0.1.4's grammar: coreos-cloudinit.
    GoYamlV1,
    /// `gopkg.in/yaml.v3`: Flatcar's fork since 2024-01.
    GoYamlV3,
    /// `yaml.safe_load` of PyYAML 6.0.3, the loader in pure Python: cloud-init.
    PyYaml,
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
            Self::GoYamlV3 | Self::PyYaml => words,
        }
    }

    /// go-yaml v1 and PyYAML look one event past the first document, so bare text after it is an
    /// error.
    pub(crate) fn looks_past_the_first_document(self) -> bool {
        self != Self::GoYamlV3
    }

    /// PyYAML refuses a second document; the others never see it.
    pub(crate) fn takes_one_document_only(self) -> bool {
        self == Self::PyYaml
    }

    /// PyYAML refuses an anchor that is there already; to the others the later one counts from
    /// there on.
    pub(crate) fn allows_repeated_anchors(self) -> bool {
        self != Self::PyYaml
    }

    /// The message for an alias that no anchor above has the name of.
    pub(crate) fn unknown_anchor(self, name: &str) -> String {
        match self {
            Self::GoYamlV1 => format!("Unknown anchor '{name}' referenced"),
            Self::GoYamlV3 => format!("unknown anchor '{name}' referenced"),
            Self::PyYaml => format!("found undefined alias '{name}'"),
        }
    }

    /// The message for an anchor that is used inside itself, of the libraries that mind.
    #[must_use]
    pub fn loop_words(self, name: &str) -> String {
        let anchor = if self == Self::GoYamlV1 { "Anchor" } else { "anchor" };
        format!("{anchor} '{name}' value contains itself")
    }
}
